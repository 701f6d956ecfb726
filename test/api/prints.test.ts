/** A joint review on paper: the countersign sheet at each stage, the papers one by one, and who is given them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bureau, type Json } from '../support/bureau.ts';
import { hohhotRules } from '../support/hohhot-rules.ts';

let bureau: Bureau;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'anju-prints-'));
  bureau = await Bureau.open('2021-09-24T09:00:00+08:00');
  await bureau.measures('hohhot', hohhotRules);
  await bureau.annualPlan(1000);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await bureau.close();
});

interface File {
  readonly status: number;
  readonly bytes: Buffer;
  readonly headers: Headers;
}

async function fetched(user: string, target: string, language = 'zh-CN'): Promise<File> {
  const answer = await fetch(`${bureau.platform.url}${target}`, {
    headers: { authorization: `Bearer ${await bureau.tokenOf(user)}`, 'accept-language': language },
  });
  return {
    status: answer.status,
    bytes: Buffer.from(await answer.arrayBuffer()),
    headers: answer.headers,
  };
}

const sheet = (id: string): string => `/submissions/${id}/countersign-sheet`;
const print = (id: string, number: number): string => `/submissions/${id}/papers/${number}/print`;

/** The text of a print without its spaces and line ends; undefined where no tool reads it. */
async function textOf(user: string, target: string): Promise<string | undefined> {
  const { status, bytes, headers } = await fetched(user, target);
  expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const file = path.join(folder, 'print.pdf');
  writeFileSync(file, bytes);
  try {
    return execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).replaceAll(/\s/g, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    console.warn('pdftotext (poppler-utils) is not installed: the text of the PDF was NOT read back');
    return undefined;
  }
}

async function says(user: string, target: string, words: readonly string[]): Promise<string> {
  const text = await textOf(user, target);
  for (const one of text === undefined ? [] : words) expect(text).toContain(one.replaceAll(/\s/g, ''));
  return text ?? '';
}

async function paperOf(id: string, type: string): Promise<number> {
  const { body } = await bureau.read('company-drafter', id);
  const papers = body['papers'] as { number: number; type: string }[];
  const found = papers.findLast((paper) => paper.type === type);
  if (!found) throw new Error(`${id} has no ${type}`);
  return found.number;
}

const problem = ({ bytes }: File): Json => JSON.parse(bytes.toString('utf8')) as Json;

describe('from the receipt to the decision', { timeout: 180_000 }, () => {
  let id: string;

  test('nothing is printed of a draft, nor of what no departments of a county review', async () => {
    const draft = await bureau.prepare('company', 'recognition', 'draft');
    const refused = await fetched('company-drafter', sheet(draft));
    expect([refused.status, problem(refused)['code']]).toEqual([409, 'not-printed']);
    const target = await bureau.prepare('baotou', 'five-year-target', 'signed');
    const [zh, en] = [
      await fetched('baotou-drafter', sheet(target)),
      await fetched('baotou-drafter', sheet(target), 'en'),
    ];
    expect([zh.status, problem(zh)['detail']]).toEqual([
      409,
      '没有可打印的文书：未经部门联审的件没有会签表。',
    ]);
    expect(problem(en)['detail']).toBe(
      'There is nothing to print: only a joint review has a countersign sheet.',
    );
  });

  test('a sheet says what is still open', async () => {
    id = await bureau.prepare('company', 'recognition', 'signed');
    await bureau.take('xincheng-lead', id, 'accept');
    await bureau.take('xincheng-natres', id, 'opine', { verdict: 'agree', reason: '符合规划' });
    const text = await says('company-drafter', sheet(id), [
      '保障性租赁住房项目部门联审会签表',
      '演示·新城区青年公寓项目',
      '演示住房租赁有限公司',
      '呼和浩特市新城区',
      '120套（间）',
      '新城区自然资源部门 同意 2021年9月24日 符合规划',
      '应于2021年9月28日前（含当日）出具',
      '尚未登记现场踏勘',
      '尚未登记联审会议纪要',
      '本表由平台生成，以平台记录为准',
    ]);
    if (text) expect(text.match(/尚未出具/g)).toHaveLength(6);
  });

  test('it names the version and its hash as the filing’s page does, and no person', async () => {
    const { body } = await bureau.read('xincheng-fire', id);
    const { hash } = body['current'] as { hash: string };
    const text = await says('xincheng-fire', sheet(id), [hash, id, '第1稿']);
    expect(text).not.toMatch(/王演示|王\*|1[38]00001234|13\*/);
  });

  test('conditions, a visit, minutes and a contradiction stand in it', async () => {
    const widths = [
      { text: '疏散宽度不小于1.4米', subject: 'fire', before: 'decision' },
      { text: '消防控制室二十四小时值守', subject: 'fire', before: 'operation' },
    ];
    await bureau.take('xincheng-fire', id, 'opine', { verdict: 'agree-with-conditions', conditions: widths });
    await bureau.take('xincheng-lead', id, 'record-visit', {
      date: '2021-09-24',
      offices: ['新城区住房和城乡建设部门', '新城区消防救援部门'],
      findings: '现场与申报材料相符，二层疏散通道堆有杂物。',
    });
    const scan = await bureau.upload('xincheng-lead', id, 'minutes-scan');
    await bureau.take('xincheng-lead', id, 'record-minutes', {
      date: '2021-09-24',
      documentNumber: '新联审〔2021〕3号',
      document: scan,
      opinions: [
        {
          department: 'POWER',
          verdict: 'agree-with-conditions',
          conditions: [{ text: '疏散宽度按1.1米复核用电负荷', subject: 'fire', before: 'letting' }],
        },
      ],
    });
    await says('xincheng-lead', sheet(id), [
      '附条件第1项、第2项，见第三部分',
      '联审会议上形成',
      '疏散宽度不小于1.4米',
      '认定前待落实',
      '第1项、第3项',
      '尚未处理',
      '新联审〔2021〕3号',
      '二层疏散通道堆有杂物',
    ]);
    await says('hohhot-planner', print(id, await paperOf(id, 'minutes')), [
      '部门联审会议纪要',
      '新联审〔2021〕3号',
      '供电 附条件同意 疏散宽度按1.1米复核用电负荷（出租前落实）',
      '以平台记录为准',
    ]);
    await says('xincheng-lead', print(id, await paperOf(id, 'site-visit')), [
      '现场踏勘记录',
      '2021年9月24日',
    ]);
    await says('company-drafter', print(id, await paperOf(id, 'opinion')), [
      '部门审查意见书',
      '新城区消防救援部门',
      '1. 疏散宽度不小于1.4米（认定前落实）',
    ]);
  });

  test('the conclusions follow, with the objection and its answer', async () => {
    await bureau.take('xincheng-lead', id, 'settle-contradiction', {
      conditions: [1, 3],
      prevails: 1,
      reason: '以消防意见为准',
    });
    const proof = await bureau.upload('company-drafter', id, 'condition-proof');
    await bureau.take('company-drafter', id, 'prove-condition', {
      condition: 1,
      statement: '已整改',
      documents: [proof],
    });
    await bureau.take('xincheng-fire', id, 'close-condition', {
      condition: 1,
      met: true,
      reason: '现场复核',
    });
    await bureau.take('xincheng-lead', id, 'conclude-review');
    await bureau.take('hohhot-planner', id, 'pass-plan-check', { note: '列入2021年计划' });
    await says('company-drafter', sheet(id), ['公示中', '至2021年9月26日（含当日）；尚无异议']);
    const objection = { receivedOn: '2021-09-27', by: 'letter', text: '停车位不足' };
    await bureau.take('xincheng-lead', id, 'record-objection', objection);
    await says('company-drafter', sheet(id), ['停车位不足 尚未答复']);
    await bureau.take('xincheng-lead', id, 'answer-objection', {
      objection: 1,
      upheld: false,
      answer: '已按标准配建',
    });
    await bureau.until('2021-09-29T09:00:00+08:00');
    await bureau.take('xincheng-lead', id, 'close-notice');
    await bureau.take('xincheng-decider', id, 'approve', { documentNumber: '新政认〔2021〕1号' });
    await bureau.platform.drain();
    await says('company-drafter', sheet(id), [
      '采用第1项',
      '已核销',
      '联审通过',
      '列入2021年计划',
      '公示期满',
      '2021年9月24日：已按标准配建',
      '准予认定',
      '新政认〔2021〕1号',
      '保租认字〔2021〕150102-0001号',
    ]);
    await says('company-drafter', print(id, await paperOf(id, 'decision')), [
      '保障性租赁住房项目认定决定书',
      '新政认〔2021〕1号',
      '消防控制室二十四小时值守（运营期间落实；新城区消防救援部门）',
      '新城区人民政府',
      '不得上市销售',
    ]);
    await says('company-drafter', print(id, await paperOf(id, 'plan-check')), ['已列入年度计划，核对通过']);
  });

  test('the same records give the same bytes, whoever asks, whenever', async () => {
    for (const target of [sheet(id), print(id, await paperOf(id, 'decision'))]) {
      const first = await fetched('company-drafter', target);
      await bureau.until(new Date(bureau.platform.clock.now() + 61_000).toISOString());
      const again = await fetched('housing-lead', target, 'en');
      expect(first.bytes.subarray(0, 5).toString()).toBe('%PDF-');
      expect(again.bytes.equals(first.bytes)).toBe(true);
      const page = (await PDFDocument.load(first.bytes)).getPage(0).getSize();
      expect([Math.round(page.width), Math.round(page.height)]).toEqual([595, 842]);
    }
  });

  test('is given to the owner, county, city and region, and does not exist for others', async () => {
    const decision = await paperOf(id, 'decision');
    for (const target of [sheet(id), print(id, decision)]) {
      for (const user of ['company-signatory', 'xincheng-tax', 'hohhot-planner', 'hohhot-drafter', 'auditor'])
        expect((await fetched(user, target)).status, user).toBe(200);
      for (const user of ['baotou-drafter', 'wuhai-clerk', 'ordos-leader'])
        expect((await fetched(user, target)).status, user).toBe(404);
    }
  });

  test('no number that is none of a paper, and no paper that has no print', async () => {
    for (const number of ['1', '999', '0', '-1', '6.0', '0x6', '06', 'x', '9'.repeat(30)])
      expect(
        (await fetched('company-drafter', `/submissions/${id}/papers/${number}/print`)).status,
        number,
      ).toBe(404);
    expect((await fetched('company-drafter', print('none', 1))).status).toBe(404);
    const closed = await fetched('company-drafter', print(id, await paperOf(id, 'condition-closed')));
    expect([closed.status, problem(closed)['detail']]).toEqual([
      409,
      '没有可打印的文书：“条件核销”没有打印件。',
    ]);
  });
});

test('what a company’s checker wrote to its drafter is printed for nobody, and does not exist for the county', async () => {
  const id = await bureau.prepare('company', 'recognition', 'checking');
  await bureau.take('company-checker', id, 'send-back', { reason: '核对面积' });
  await bureau.send('company', id, 'signed');
  const note = await paperOf(id, 'sent-back');
  expect((await fetched('company-drafter', print(id, note))).status).toBe(409);
  expect((await fetched('xincheng-lead', print(id, note))).status).toBe(404);
});

describe('letters to the owner', { timeout: 120_000 }, () => {
  test('what is to be corrected, all of it, with the names of the fields', async () => {
    const id = await bureau.prepare('company', 'recognition', 'signed');
    await bureau.take('xincheng-lead', id, 'return', {
      defects: [
        { pointer: '/homes', text: '与测绘报告不一致' },
        { pointer: '', text: '缺少授权书' },
      ],
    });
    await says('company-drafter', print(id, await paperOf(id, 'correction-notice')), [
      '一次性补正告知书',
      '演示住房租赁有限公司：',
      '1．总套（间）数：与测绘报告不一致',
      '2．缺少授权书',
      '新城区住房和城乡建设部门',
    ]);
  });

  test('why it is refused, and what he can do', async () => {
    const id = await bureau.prepare('company', 'recognition', 'signed');
    await bureau.take('xincheng-lead', id, 'accept');
    await bureau.take('xincheng-natres', id, 'opine', { verdict: 'disagree', reason: '用途不符' });
    await bureau.take('xincheng-fire', id, 'opine', { verdict: 'agree' });
    await bureau.take('xincheng-power', id, 'opine', { verdict: 'agree' });
    await bureau.take('xincheng-lead', id, 'reject', {
      reason: '自然资源部门不同意',
      remedies: '可以向呼和浩特市人民政府申请行政复议',
    });
    await says('company-drafter', print(id, await paperOf(id, 'refusal')), [
      '不予通过决定书',
      '一、理由',
      '新城区自然资源部门：用途不符',
      '二、救济途径',
      '可以向呼和浩特市人民政府申请行政复议',
    ]);
    await says('company-drafter', sheet(id), ['不予通过 2021年', '未进行', '申报件未通过']);
  });
});
