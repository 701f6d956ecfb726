/** What the decision on a filing is called, by what it does to the certificate. */
import type { CertificateEffect, Kind } from '../../domain/submissions/kind.ts';

interface EffectWords {
  readonly granted: string;
  readonly refused: string;
  /** What the decision grants, as a clause of it. */
  readonly grants: string;
  readonly decision: { readonly zh: string; readonly en: string };
  readonly refusal: { readonly zh: string; readonly en: string };
}

const words: Readonly<Record<CertificateEffect, EffectWords>> = {
  issue: {
    granted: '准予认定',
    refused: '不予认定',
    grants: '认定为保障性租赁住房项目，由平台依决定次序编号并发给《保障性租赁住房项目认定书》',
    decision: { zh: '保障性租赁住房项目认定决定书', en: 'Decision on the recognition' },
    refusal: { zh: '不予认定决定书', en: 'Refusal of the recognition' },
  },
  amend: {
    granted: '准予变更',
    refused: '不予变更',
    grants: '准予变更，认定书换发新版本，编号不变',
    decision: { zh: '保障性租赁住房项目变更决定书', en: 'Decision on the change' },
    refusal: { zh: '不予变更决定书', en: 'Refusal of the change' },
  },
  renew: {
    granted: '准予续期',
    refused: '不予续期',
    grants: '准予续期，认定书换发新版本，编号不变',
    decision: { zh: '保障性租赁住房项目认定书续期决定书', en: 'Decision on the renewal' },
    refusal: { zh: '不予续期决定书', en: 'Refusal of the renewal' },
  },
  cancel: {
    granted: '准予注销',
    refused: '不予注销',
    grants: '准予注销认定书',
    decision: { zh: '保障性租赁住房项目认定书注销决定书', en: 'Decision on the cancellation' },
    refusal: { zh: '不予注销决定书', en: 'Refusal of the cancellation' },
  },
};

export function effectWords({ certificate = 'issue' }: Kind): EffectWords {
  return words[certificate];
}
