/** The conditions of a joint review with the state of each, and what became of those that contradict each other. */
import {
  conditionStates,
  conditionSubjects,
  conditionTimes,
  contradictionsIn,
} from '../../domain/submissions/joint-review/review-file.ts';
import { heading, type Block } from './print.ts';
import { bodyOf, type ReviewRecords } from './records.ts';
import { dayOf, none, officeName } from './words.ts';

export function conditionBlocks(records: ReviewRecords): readonly Block[] {
  const { review, papers } = records;
  const ended = (seq: number | undefined): string => {
    const at = papers.find((paper) => paper.seq === seq)?.at;
    return at ? `\n${dayOf(at)}` : '';
  };
  return [
    {
      kind: 'table',
      columns: [
        { title: '序号', share: 6, align: 'center' },
        { title: '提出部门', share: 21 },
        { title: '条件', share: 31 },
        { title: '事项', share: 13, align: 'center' },
        { title: '落实时限', share: 12, align: 'center' },
        { title: '落实情况', share: 17, align: 'center' },
      ],
      rows: (review?.conditions ?? []).map((one) => [
        String(one.number),
        officeName(one.office, records),
        one.text,
        conditionSubjects[one.subject].zh,
        conditionTimes[one.before].zh,
        `${conditionStates[one.state].zh}${ended(one.endedBy ?? (one.state === 'proved' ? one.provedBy : undefined))}`,
      ]),
      none,
    },
  ];
}

/** Left out when no two conditions speak of the same subject. */
export function conflictBlocks({ review, papers }: ReviewRecords): readonly Block[] {
  const rows = [
    ...contradictionsIn(review).map(([one, other]) => [`第${one}项、第${other}项`, '尚未处理', '']),
    ...(review?.settled ?? []).map(({ pair: [one, other], prevails, seq }) => {
      const paper = papers.find((candidate) => candidate.seq === seq);
      return [
        `第${one}项、第${other}项`,
        prevails === undefined ? '两项并行' : `采用第${prevails}项`,
        paper ? bodyOf<'settle-contradiction'>(paper).reason : '',
      ];
    }),
  ];
  if (rows.length === 0) return [];
  const columns = [
    { title: '涉及同一事项的条件', share: 25, align: 'center' },
    { title: '处理', share: 20, align: 'center' },
    { title: '理由', share: 55 },
  ] as const;
  return [heading('条件之间的冲突', 'Contradictions'), { kind: 'table', columns, rows, none }];
}
