/** A kind as the portals need it: enough to draw its form, its list of papers and its progress. */
import { cityAtFirst } from '../../cities/city.ts';
import { tiers, type Tier } from '../../cities/city.ts';
import { fileTypes } from '../../documents/inspection/file-types.ts';
import type { Kind, Path } from '../kind.ts';
import { lifecycle, type Action } from '../lifecycle.ts';
import { contentSchema } from './labels.ts';

const stepsOfPath: Readonly<Record<Path, readonly Action[]>> = {
  'own-decision': ['save', 'send-to-check', 'pass-check', 'sign', 'publish', 'receive'],
  'regional-review': ['save', 'send-to-check', 'pass-check', 'sign', 'accept', 'opine', 'consent', 'publish'],
  acknowledgement: ['save', 'send-to-check', 'pass-check', 'sign', 'acknowledge'],
  'joint-review': [
    'save',
    'send-to-check',
    'pass-check',
    'sign',
    'accept',
    'opine',
    'conclude-review',
    'pass-plan-check',
    'close-notice',
    'approve',
  ],
};

export function describeKind(kind: Kind): Record<string, unknown> {
  return {
    code: kind.code,
    name: kind.name,
    description: kind.description,
    clauses: kind.clauses,
    period: kind.period,
    schema: contentSchema(kind),
    papers: kind.papers.map((paper) => ({
      code: paper.code,
      name: paper.name,
      clause: paper.clause,
      types: paper.types.map((type) => ({
        type,
        mediaType: fileTypes[type].mediaType,
        zh: fileTypes[type].zh,
        en: fileTypes[type].en,
      })),
      maxBytes: paper.maxBytes,
      multiple: paper.multiple,
      required: paper.required === 'always' ? 'always' : paper.required ? 'conditional' : 'optional',
      ...(typeof paper.required === 'object' ? { requiredWhen: paper.required.says } : {}),
    })),
    paths: tiers.map((tier) => pathOf(kind, tier)),
    reviewers: kind.reviewers,
    limits: kind.limits,
    published: kind.published !== undefined,
  };
}

function pathOf(kind: Kind, tier: Tier): Record<string, unknown> {
  const path = kind.path({ ...cityAtFirst(''), tier });
  if (typeof path === 'object') return { tier, refused: path.refused };
  const steps = stepsOfPath[path].map((action) => ({
    action,
    zh: lifecycle[action].zh,
    en: lifecycle[action].en,
  }));
  return { tier, path, steps };
}
