/**
 * What is known of persons lies where the record of processing (个人信息处理记录) says, and nowhere else: people use the platform
 * under marked names, then every item of the table, every object and every line of the log is searched for them.
 */
import { readFileSync } from 'node:fs';
import { paginateScan, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoUsers } from '../../infra/local/identity/demo-users.ts';
import { placeOf } from '../../infra/restore.ts';
import { Bureau, type Json } from '../support/bureau.ts';
import { sampleOfKind } from '../support/contents.ts';

/** As people write them; each is found in any text that keeps it open. */
const marks = { name: '欧阳演示', phone: '13912345678', mail: 'ouyang@person.example.cn' };
const office = { mail: 'duty-room@office.example.cn', phone: '13700009999' };
const masks = ['欧***', '139****5678', 'o***@person.example.cn', 'd***@office.example.cn', '137****9999'];
const open = [...Object.values(marks), ...Object.values(office)];
const subjects = demoUsers.map(({ id }) => id);

let bureau: Bureau;
const log: string[] = [];
/** Of an invitation: who has one reads as its official. */
const secrets: string[] = [];
const found = {
  open: new Set<string>(),
  sealed: new Set<string>(),
  masked: new Set<string>(),
  subject: new Set<string>(),
};

beforeAll(async () => {
  bureau = await Bureau.open('2021-10-15T11:00:00+08:00', { log: (text) => log.push(text) });
  const answered = async (...call: Parameters<Bureau['call']>): Promise<Json> => {
    const answer = await bureau.call(...call);
    if (answer.status >= 300) throw new Error(`${call[1]}: ${answer.status} ${answer.text}`);
    return answer.body;
  };
  for (const user of ['baotou-drafter', 'baotou-checker']) {
    await answered(user, 'PUT /me/preferences', {
      body: { locale: 'zh-CN', delivery: 'at-once', mail: marks.mail, phone: marks.phone },
    });
  }
  await answered('baotou-drafter', 'PUT /me/leave', {
    body: { from: '2021-11-01', to: '2021-11-02', cover: 'baotou-checker' },
    ifMatch: (await bureau.call('baotou-drafter', 'GET /me/preferences')).etag ?? '',
  });
  await answered('baotou-leader', 'PUT /offices/150200/mailbox', { body: office });
  const duty = await answered('housing-supervisor', 'POST /obligations', {
    body: {
      notice: '内政办发〔2021〕53号',
      clause: 'S-06',
      cities: ['150200'],
      items: [{ kind: 'five-year-target', period: '2021-2025' }],
      dueBefore: '2021-11-30T16:00:00.000Z',
      satisfiedBy: 'published',
    },
  });
  await bureau.until('2021-11-09T09:00:00+08:00');
  await answered('baotou-drafter', 'GET /inbox');
  const { body: inbox } = await bureau.call('baotou-drafter', 'GET /inbox');
  const [{ day } = { day: '' }] = inbox['items'] as { day: string }[];
  await answered('baotou-drafter', `POST /inbox/${day}/read`, { body: {} });
  const [{ id: obligation } = { id: '' }] = duty['items'] as { id: string }[];
  await answered('baotou-drafter', `POST /inbox/${day}/snooze`, {
    body: { obligation, until: '2021-11-12' },
  });

  const { content, papers, period } = sampleOfKind('five-year-target');
  const id = await bureau.begin('baotou', 'five-year-target', period);
  await bureau.save('baotou', id, content, {
    filing: {
      documentNumber: '演发〔2021〕1号',
      issueDate: '2021-09-20',
      contact: { name: marks.name, phone: marks.phone },
    },
  });
  for (const paper of papers) await bureau.upload('baotou-drafter', id, paper);
  await bureau.send('baotou', id, 'signed');
  await bureau.take('baotou-publisher', id, 'publish');
  await bureau.take('housing-lead', id, 'view-contact', { purpose: '核实' });
  await bureau.annualPlan(1000);
  const project = await bureau.recognition('in-review');
  await answered('xincheng-lead', `POST /submissions/${project}/invitations`, {
    body: { department: 'FIRE', name: marks.name, phone: marks.phone },
  });
  await bureau.platform.drain();
  const [, token = ''] =
    /\/invitations\/([\w-]{43})$/.exec(bureau.platform.mailbox.sms()[0]?.text ?? '') ?? [];
  await answered(undefined, `POST /invitations/${token}/code`, { body: {} });
  await bureau.platform.drain();
  const [, code = ''] = /验证码(\d{6})/.exec(bureau.platform.mailbox.sms()[0]?.text ?? '') ?? [];
  const opened = await answered(undefined, `POST /invitations/${token}/open`, { body: { code } });
  secrets.push(token, String(opened['session']));
  await answered('housing-supervisor', 'POST /evaluations', { body: { year: 2021, month: 9 } });
  await bureau.until('2021-11-10T01:00:00+08:00');
  await bureau.platform.drain();
});
afterAll(() => bureau.close());

beforeAll(async () => {
  const { runtime, objects, client } = await clients();
  for await (const page of paginateScan({ client }, { TableName: runtime.table }))
    for (const item of page.Items ?? []) note(placeOf(item), JSON.stringify(unmarshall(item)));
  for (const bucket of runtime.buckets)
    for await (const page of paginateListObjectsV2({ client: objects }, { Bucket: bucket }))
      for (const { Key: key = '' } of page.Contents ?? []) {
        const { Body: body } = await objects.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        const text = (await body?.transformToString()) ?? '';
        note(`${bucketName(bucket)}: ${key.split('/')[0] ?? ''}`, text.startsWith('%PDF') ? '' : text);
      }
  note('log', log.join(''));
});

/** Notes what a text tells of persons. */
function note(place: string, text: string): void {
  if ([...open, ...secrets].some((mark) => text.includes(mark))) found.open.add(place);
  if (masks.some((mask) => text.includes(mask))) found.masked.add(place);
  if (/"sealed":"1\.|"contactSealed":"1\./.test(text)) found.sealed.add(place);
  if (subjects.some((subject) => text.includes(`"${subject}"`) || text.includes(`#${subject}`)))
    found.subject.add(place);
}

async function clients() {
  const runtime = (await (await fetch(`${bureau.platform.url}/dev/runtime`)).json()) as {
    engines: { table: string; objects: string };
    credentials: { accessKeyId: string; secretAccessKey: string };
    region: string;
    table: string;
  };
  const common = {
    region: runtime.region,
    credentials: runtime.credentials,
    systemClockOffset: bureau.platform.clock.now() - Date.now(),
  };
  const { assembly } = bureau.platform;
  const buckets = assembly.ofType('AWS::S3::Bucket').map((bucket) => assembly.nameOf(bucket));
  return {
    runtime: { ...runtime, buckets },
    client: new DynamoDBClient({ ...common, endpoint: runtime.engines.table }),
    objects: new S3Client({ ...common, endpoint: runtime.engines.objects, forcePathStyle: true }),
  };
}

/** `anjudata-ledgerb7379752` → `ledger`. */
const bucketName = (bucket: string): string => bucket.replace(/^[a-z]+-(.*)[0-9a-f]{8}$/, '$1');

/** The places of the record's table that keep something in this form. */
function recorded(form: string): string[] {
  const page = readFileSync('infra/security/personal-data.md', 'utf8');
  return [...page.matchAll(/^\| `([^`]+)` +\| ([^|]+)\|/gm)]
    .filter(([, , forms = '']) => forms.split(',').some((one) => one.trim() === form))
    .map(([, place = '']) => place)
    .toSorted();
}

test('nowhere lies a name, a number, an address or an invited official’s link open', () => {
  expect([...found.open]).toEqual([]);
  expect(secrets.map(({ length }) => length)).toEqual([43, 43]);
});

test.each(['sealed', 'masked', 'subject'] as const)('what is %s lies where the record says', (form) => {
  expect([...found[form]].toSorted()).toEqual(recorded(form));
  expect(found[form].size).toBeGreaterThan(0);
});

test('the mail did reach the person, so there was something to find', async () => {
  const mails = await bureau.platform.mailbox.mails();
  expect(mails.map(({ to }) => to)).toContain(marks.mail);
});
