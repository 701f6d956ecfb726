/** What people write into the forms of the steps: invented, and good enough to go on. */
import { sampleOfKind } from '../support/contents.ts';
import type { Random } from './random.ts';

const filing = {
  documentNumber: '演发〔2021〕1号',
  issueDate: '2021-09-20',
  contact: { name: '王演示', phone: '13800001234' },
};

type View = Readonly<Record<string, unknown>>;

/** @param view the filing as he sees it */
export function formOf(action: string, view: View, random: Random, calm: boolean): unknown {
  const first = (name: string): Readonly<Record<string, unknown>> =>
    ((view[name] ?? []) as readonly Readonly<Record<string, unknown>>[])[0] ?? {};
  switch (action) {
    case 'save':
      return { content: contentOf(String(view['kind']), random), filing, explanations: {} };
    case 'return':
      return { defects: [{ pointer: '/content/basis', text: '请补充测算依据', toldLate: '前次未及核对' }] };
    case 'opine':
      if (calm || random.chance(0.7)) return { verdict: 'agree' };
      return random.chance(0.5)
        ? { verdict: 'disagree', reason: '测算依据不足' }
        : { verdict: 'agree-with-conditions', conditions: ['年底前补齐用地手续'] };
    case 'ask-supplement':
      return { questions: ['请说明需求测算的口径'] };
    case 'supply':
      return { office: first('openSupplements')['office'], answer: '按抽样调查测算', documents: [] };
    case 'request-extension':
      return {
        clock: random.pick(['acceptance', 'correction', 'opinion']),
        days: 3,
        reason: '材料核对需要时间',
      };
    case 'answer-extension':
      return {
        clock: first('openExtensions')['clock'] ?? 'acceptance',
        grant: random.chance(0.5),
        reason: '情况属实',
      };
    case 'prove-condition':
      return { condition: conditionIn(view, 'open'), statement: '已整改', documents: [] };
    case 'close-condition':
      return { condition: conditionIn(view, 'proved'), met: calm || random.chance(0.7), reason: '现场核查' };
    case 'record-objection':
      return { receivedOn: '2021-09-20', by: 'letter', text: '停车位不足' };
    case 'view-contact':
      return { purpose: '核对材料' };
    case 'send-back':
    case 'refuse-signature':
    case 'withdraw':
    case 'reject':
    case 'refuse-consent':
    case 'fail-plan-check':
    case 'refuse':
      return { reason: '演示用理由' };
    case 'record-consent':
      return { documentNumber: '演政字〔2021〕1号', date: '2021-10-20', document: 'none' };
    default:
      return {};
  }
}

function conditionIn(view: View, state: string): number {
  const { conditions = [] } = (view['review'] ?? {}) as {
    conditions?: readonly { readonly number: number; readonly state: string }[];
  };
  return conditions.find((one) => one.state === state)?.number ?? 1;
}

/** A change makes the project smaller or larger: sometimes larger than the plan has room for. */
function contentOf(kind: string, random: Random): object {
  const { content } = sampleOfKind(kind);
  if (kind !== 'change') return content;
  const homes = 110 + random.below(60);
  return {
    ...content,
    changes: ['homes', 'rent'],
    homes,
    buildings: [{ name: '1号楼', floors: 8, floorArea: 6000, homes, beds: 0 }],
    types: [{ name: '一居室', area: 35, homes, proposedRent: 18, assessedRent: 22 }],
  };
}
