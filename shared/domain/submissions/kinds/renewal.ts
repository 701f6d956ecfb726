/** 认定书续期申请: the project goes on beyond its term (S-12); the certificate keeps its number and gets a later last day. */
import * as z from 'zod';
import { addDays, lastDayOfYears } from '../../../kernel/civil-date.ts';
import { once } from '../../../kernel/once.ts';
import { standingTerms } from '../../certificates/content.ts';
import { defineKind, type Facts, type Finding } from '../kind.ts';
import { count, defaultLimits, hard, paper, soft, text } from './fields.ts';
import { decidedBy, withinRoom } from './recognition-outcome.ts';

export const renewalContent = once(() =>
  z.strictObject({
    years: z.int().min(1).max(30).describe('续期年限（年）|Further years'),
    reason: text(1000, '续期理由|Reason'),
    leases: count('在租合同（份）|Leases that run'),
    operation: text(2000, '运营情况（租金、出租率、投诉和整改）|How it was operated'),
  }),
);
export type Renewal = z.infer<ReturnType<typeof renewalContent>>;

/** 行政许可法第五十条: an extension is asked for thirty days before the end. */
const askedForBefore = 30;
/** No certificate runs longer than the longest right to land for homes (城镇国有土地使用权出让和转让暂行条例第十二条). */
const longestYears = 70;

function renewalFindings({ years }: Renewal, { project, today }: Facts): readonly Finding[] {
  const findings: Finding[] = [];
  const until = project?.certificate?.validTo;
  if (project && project.content.operatingYears + years > longestYears)
    findings.push(
      hard(
        'term-too-long',
        '/years',
        `已有${project.content.operatingYears}年，续期后超过${longestYears}年`,
        `With the ${project.content.operatingYears} years that it has it would run longer than ${longestYears}`,
      ),
    );
  if (until !== undefined && today !== undefined && today > addDays(until, -askedForBefore))
    findings.push(
      soft(
        'renewal-late',
        '/years',
        `认定书有效期至${until}，应在届满${askedForBefore}日前提出（行政许可法第五十条）`,
        `The certificate runs until ${until}: a renewal is asked for ${askedForBefore} days before (行政许可法 art. 50)`,
      ),
    );
  return findings;
}

export const renewal = defineKind<Renewal>({
  code: 'renewal',
  name: { zh: '认定书续期申请', en: 'Application for renewal' },
  description: {
    zh: '认定书有效期届满前申请继续运营：联审、决定，认定书换发新版本，编号不变。',
    en: 'The project is to go on beyond its term: reviewed and decided; the certificate gets a later last day.',
  },
  clauses: ['S-12'],
  period: 'project',
  filedBy: 'organisation',
  inPlaceOf: 'recognition',
  content: renewalContent,
  papers: [
    paper('application', { zh: '续期申请', en: 'Application' }, 'S-12', 'always'),
    paper(
      'undertaking',
      { zh: '承诺书（不上市销售或变相销售）', en: 'Undertaking (no sale, no disguised sale)' },
      'S-12',
      'always',
    ),
    paper('operating-report', { zh: '运营情况报告', en: 'Report on the operation' }, 'S-12', 'always'),
    paper('safety-appraisal', { zh: '房屋安全鉴定报告', en: 'Appraisal of structural safety' }, 'S-12'),
  ],
  path: () => 'joint-review',
  reviewers: [],
  limits: defaultLimits,
  // It takes no homes of any plan, and changes nothing that the public was not told of.
  skips: ['plan-check', 'public-notice'],
  check: renewalFindings,
  certificate: 'renew',
  project: ({ years }, { standing }) => {
    if (!standing) throw new Error('A renewal concerns a project that stands');
    return { ...standing, operatingYears: standing.operatingYears + years };
  },
  certifies: ({ years }, approved) => {
    const terms = standingTerms(approved.standing);
    return {
      ...terms,
      ...decidedBy(approved),
      conditions: withinRoom([...new Set([...terms.conditions, ...decidedBy(approved).conditions])]),
      operatingYears: terms.operatingYears + years,
      validTo: lastDayOfYears(addDays(terms.validTo, 1), years),
    };
  },
});
