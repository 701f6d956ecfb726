/** 认定书注销申请: the owner gives the project up; its homes go back to the plan, its resources are free again. */
import * as z from 'zod';
import { once } from '../../../kernel/once.ts';
import { defineKind, type Finding } from '../kind.ts';
import { civilDate, count, defaultLimits, paper, soft, text } from './fields.ts';

export const cancellationContent = once(() =>
  z.strictObject({
    reason: text(1000, '注销理由|Reason'),
    endsOn: civilDate('拟终止日期|Day on which it is to end'),
    leases: count('在租合同（份）|Leases that run'),
    settlement: text(2000, '承租人安置方案|What becomes of the tenants'),
    support: text(1000, '已享受支持政策及其清理情况|Support received, and how it is settled'),
  }),
);
export type Cancellation = z.infer<ReturnType<typeof cancellationContent>>;

function cancellationFindings({ leases }: Cancellation): readonly Finding[] {
  return leases === 0
    ? []
    : [
        soft(
          'leases-run',
          '/leases',
          `尚有${leases}份租赁合同未终止，须说明如何妥善安置`,
          `${leases} leases still run: say how the tenants are provided for`,
        ),
      ];
}

export const cancellation = defineKind<Cancellation>({
  code: 'cancellation',
  name: { zh: '认定书注销申请', en: 'Application for cancellation' },
  description: {
    zh: '项目不再作为保障性租赁住房：核查承租人安置和支持政策清理情况后注销认定书，退回计划指标，释放所用资源。',
    en: 'The project ends as affordable rental housing: the certificate is cancelled, homes and resources are given back.',
  },
  clauses: ['S-12', 'S-19'],
  period: 'project',
  filedBy: 'organisation',
  inPlaceOf: 'recognition',
  content: cancellationContent,
  papers: [
    paper('application', { zh: '注销申请', en: 'Application' }, 'S-12', 'always'),
    paper('settlement-plan', { zh: '承租人安置方案', en: 'Plan for the tenants' }, 'S-19', {
      says: { zh: '尚有在租合同', en: 'leases still run' },
      when: (content) => {
        const parsed = cancellationContent().safeParse(content);
        return parsed.success && parsed.data.leases > 0;
      },
    }),
    paper(
      'support-settlement',
      { zh: '已享受支持政策清理证明', en: 'Proof that support received is settled' },
      'S-13',
    ),
  ],
  path: () => 'joint-review',
  reviewers: [],
  limits: defaultLimits,
  skips: ['plan-check', 'public-notice'],
  check: cancellationFindings,
  certificate: 'cancel',
});
