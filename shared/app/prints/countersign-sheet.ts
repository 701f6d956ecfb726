/** 联审会签表: the whole of a joint review on one form, with what is still open said so. */
import { divisionOf } from '../../domain/cities/divisions.ts';
import { supplyModeTexts } from '../../domain/policies/supply-modes.ts';
import { clockNamed } from '../../domain/submissions/stage-clocks.ts';
import { states } from '../../domain/submissions/submission.ts';
import { conditionBlocks, conflictBlocks } from './countersign-conditions.ts';
import { opinionTable } from './countersign-opinions.ts';
import { objectionBlocks, promiseBlocks, stageTable } from './countersign-stages.ts';
import { heading, type Block, type Field, type Print } from './print.ts';
import { bodyOf, type ReviewRecords } from './records.ts';
import { blank, dayOf, dayWords, fileWords, momentWords } from './words.ts';

export function countersignSheet(records: ReviewRecords): Print {
  const { head, version } = records;
  return {
    title: { zh: '保障性租赁住房项目部门联审会签表', en: 'Countersign sheet of the joint review' },
    under: `办理状态：${states[head.state].zh}　　记录截至：${momentWords(head.updatedAt)}`,
    calledBy: '本表',
    blocks: [
      heading('一、基本情况', 'The filing'),
      { kind: 'fields', rows: basics(records) },
      heading('二、部门意见', 'Opinions of the departments'),
      opinionTable(records),
      heading('三、附带条件及落实情况', 'Conditions'),
      ...conditionBlocks(records),
      ...conflictBlocks(records),
      heading('四、现场踏勘和联审会议', 'Site visits and meetings'),
      visitTable(records),
      meetingTable(records),
      heading('五、办理结论', 'Conclusions'),
      stageTable(records),
      ...objectionBlocks(records),
      ...promiseBlocks(records),
    ],
    source: {
      submission: head.id,
      version: head.frozen,
      versionHash: version.hash,
      entry: head.seq,
      entryHash: head.hash,
      at: head.updatedAt,
    },
  };
}

function basics({ head, kind, version, project, subject }: ReviewRecords): readonly (readonly Field[])[] {
  const field = (label: string, value: string | undefined): Field => ({ label, value: value || blank });
  const { documentNumber, issueDate } = version.filing;
  const accepted = clockNamed(head, 'review')?.entries[0]?.at;
  const has = head.state === 'granted' || kind.certificate !== 'issue';
  return [
    [field('项目名称', subject?.name)],
    [field('项目地址', subject?.address)],
    [field('申报单位', subject?.owner.name)],
    [field('信用代码', head.owner), field('所在旗县区', placeOf(head.county))],
    [
      field('房源数量', subject && `${subject.homes}套（间）`),
      field('建设方式', subject && supplyModeTexts[subject.mode].zh),
    ],
    [field('申报事项', kind.name.zh), field('适用规则', head.terms?.rules)],
    [field('申报文号', documentNumber), field('成文日期', issueDate && dayWords(issueDate))],
    [
      field('收到日期', head.receivedAt && dayOf(head.receivedAt)),
      field('受理日期', accepted && dayOf(accepted)),
    ],
    [
      field('申报稿', `第${head.frozen}稿`),
      field('认定书编号', has ? project?.certificate?.number : undefined),
    ],
    [field('申报稿摘要', version.hash)],
  ];
}

function placeOf(county = ''): string {
  const division = divisionOf(county);
  const city = divisionOf(division?.parent ?? '');
  return `${city?.name ?? ''}${division?.name ?? county}`;
}

function visitTable({ papers }: ReviewRecords): Block {
  return {
    kind: 'table',
    columns: [
      { title: '踏勘日期', share: 17, align: 'center' },
      { title: '参加单位', share: 25 },
      { title: '踏勘情况', share: 43 },
      { title: '所附文件', share: 15 },
    ],
    rows: papers
      .filter(({ type }) => type === 'site-visit')
      .map((paper) => {
        const { date, offices, findings } = bodyOf<'record-visit'>(paper);
        return [dayWords(date), offices.join('、'), findings, fileWords(paper.body['documents'])];
      }),
    none: '尚未登记现场踏勘',
  };
}

function meetingTable({ papers }: ReviewRecords): Block {
  return {
    kind: 'table',
    columns: [
      { title: '会议日期', share: 17, align: 'center' },
      { title: '纪要文号', share: 33 },
      { title: '会上形成的部门意见', share: 35 },
      { title: '纪要扫描件', share: 15 },
    ],
    rows: papers
      .filter(({ type }) => type === 'minutes')
      .map((paper) => {
        const { date, documentNumber, opinions } = bodyOf<'record-minutes'>(paper);
        const settled = opinions.length === 0 ? '未形成部门意见' : `${opinions.length}个部门，见第二部分`;
        return [dayWords(date), documentNumber, settled, fileWords([paper.body['document']])];
      }),
    none: '尚未登记联审会议纪要',
  };
}
