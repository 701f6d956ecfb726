/** Results of evaluations to make reports from: the story's year, one where everything is scored, one where nothing is. */
import { cities } from '../../shared/domain/cities/divisions.ts';
import { cityAtFirst } from '../../shared/domain/cities/city.ts';
import { countedIndicators, type CountedIndicator } from '../../shared/domain/evaluation/contribution.ts';
import { evaluate } from '../../shared/domain/evaluation/evaluate.ts';
import type { FrozenCity, FrozenInputs } from '../../shared/domain/evaluation/inputs.ts';
import type { EvaluationResult, EvidenceLine } from '../../shared/domain/evaluation/result.ts';
import { proposedScheme } from '../../shared/domain/evaluation/schemes/proposal.ts';

type Counts = Partial<Record<CountedIndicator, readonly [number, number]>>;

function frozenCity(code: string, counts: Counts, given: Partial<FrozenCity> = {}): FrozenCity {
  const { tier, development } = cityAtFirst(code);
  return {
    city: code,
    tier,
    development,
    seq: 1,
    counts: Object.entries(counts).map(([indicator, [numerator, denominator]]) => {
      const evidence = Array.from({ length: denominator }, (_, index) =>
        lineOf(code, indicator, index, index < numerator),
      );
      return {
        indicator: indicator as CountedIndicator,
        numerator,
        denominator,
        evidence,
        evidenceCount: evidence.length,
      };
    }),
    ...given,
  };
}

function lineOf(city: string, indicator: string, index: number, done: boolean): EvidenceLine {
  const what =
    ['“十四五”建设目标（2021-2025）', '政策措施（2021-2025）', '年度建设计划（2021）'][index % 3] ?? '';
  return {
    record: `obligation:0190f3a1-7c1e-7d44-9d52-6b0f0c9f${city.slice(2)}`,
    seq: 4 + index,
    part: `${indicator}-${index}`,
    office: city,
    day: '2021-10-31',
    numerator: done ? 1 : 0,
    denominator: 1,
    says: {
      zh: `${what}，内政办发〔2021〕53号要求2021-10-31前（含当日）完成：${done ? '已按时履行，2021-10-20' : '逾期履行，2021-11-08'}`,
      en: `${what}: ${done ? 'fulfilled in time' : 'fulfilled late'}`,
    },
  };
}

function inputsWith(frozen: readonly FrozenCity[], given: Partial<FrozenInputs> = {}): FrozenInputs {
  return {
    contract: 1,
    run: '2021.1',
    cycle: 'yearly',
    year: 2021,
    from: '2021-01-01',
    to: '2021-12-31',
    frozenAt: '2022-01-05T01:00:00.000Z',
    scheme: proposedScheme(2021),
    cities: frozen,
    ...given,
  };
}

/** As the story ends: Hohhot and Chifeng in time, Baotou late, Ordos determined, Alxa not developing. */
export function storyResult(): EvaluationResult {
  const counts: Readonly<Record<string, Counts>> = {
    '150100': { A1: [3, 3], A2: [3, 3], B1: [1, 1], B7: [11, 12] },
    '150200': { A1: [0, 3], A2: [3, 3], B1: [1, 1], B7: [12, 12] },
    '150400': { A1: [3, 3], A2: [3, 3], B1: [1, 1], B7: [8, 12] },
    '150600': { A1: [3, 3], A2: [3, 3], B2: [8, 9], B3: [36, 9] },
  };
  const given: Readonly<Record<string, Partial<FrozenCity>>> = {
    '150600': { tier: 'determined', development: 'developing' },
    '152900': { development: 'not-developing' },
  };
  return evaluate(
    inputsWith(cities.map(({ code }) => frozenCity(code, counts[code] ?? {}, given[code] ?? {}))),
  );
}

/** Every city with everything that can be counted, and many records. */
export function fullResult(): EvaluationResult {
  const counts = (index: number): Counts =>
    Object.fromEntries(countedIndicators.map((code) => [code, [Math.min(9, index), 9] as const]));
  return evaluate(
    inputsWith(
      cities.map(({ code }, index) => frozenCity(code, counts(index), { development: 'developing' })),
      { run: '2021-11.1', cycle: 'monthly', to: '2021-11-30' },
    ),
  );
}

/** Nobody has anything that could be scored. */
export function emptyResult(): EvaluationResult {
  return evaluate(
    inputsWith(cities.map(({ code }) => frozenCity(code, {}, { development: 'not-developing' }))),
  );
}

/** The story's year after Baotou's receipt was corrected. */
export function correctedResult(): EvaluationResult {
  const before = storyResult();
  const frozen = cities.map(({ code }) => frozenCity(code, code === '150200' ? { A1: [3, 3] } : {}));
  const corrects = { run: '2021.1', reason: '包头市签收时间登记有误，经核实于2021-10-30收到' };
  return evaluate(inputsWith(frozen, { run: '2021.2', corrects }), before);
}
