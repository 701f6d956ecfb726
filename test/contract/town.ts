/** Records to fuzz: filings of a city in every state that is cheaply reached, a duty, an inbox, an evaluation. */
import { Projects } from '../support/projects.ts';
import { sampleDetails } from '../../shared/domain/resources/sample-resource.ts';
import { invited } from '../support/invited.ts';
import type { Bureau, Json } from '../support/bureau.ts';

export interface Town {
  /** Values for `{id}` under `/submissions`, and so on, by the first part of the path. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly documents: readonly string[];
  /** Papers of joint reviews, by their filing and number. */
  readonly papers: readonly { readonly id: string; readonly number: number }[];
}

export async function settle(bureau: Bureau): Promise<Town> {
  const laid = await bureau.call('housing-supervisor', 'POST /obligations', {
    body: {
      notice: '演通〔2021〕1号',
      clause: 'S-07',
      cities: ['150600', '150500'],
      items: [{ kind: 'five-year-target', period: '2021-2025' }],
      dueBefore: '2021-10-31T16:00:00.000Z',
      satisfiedBy: 'published',
    },
  });
  const duties = (laid.body['items'] as Json[]).map((one) => String(one['id']));
  const filings: string[] = [];
  for (const [city, kind, upTo] of [
    ['ordos', 'five-year-target', 'draft'],
    ['ordos', 'annual-plan', 'checking'],
    ['ordos', 'policy-measures', 'signing'],
    ['ordos', 'development-plan', 'signed'],
    ['tongliao', 'five-year-target', 'signed'],
    ['tongliao', 'demand-survey', 'signed'],
    ['chifeng', 'annual-plan', 'signed'],
  ] as const)
    filings.push(await bureau.prepare(city, kind, upTo));
  const [, , , , reviewed = '', , own = ''] = filings;
  await bureau.take('housing-lead', reviewed, 'accept');
  await bureau.take('chifeng-publisher', own, 'publish');
  const returned = await bureau.prepare('hulunbuir', 'development-plan', 'signed');
  await bureau.take('housing-lead', returned, 'return', { defects: [{ pointer: '', text: '补正' }] });
  const consented = await bureau.prepare('xilingol', 'development-plan', 'signed');
  await bureau.take('housing-lead', consented, 'accept');
  await bureau.agree(consented);
  await bureau.annualPlan(100_000);
  const conditional = {
    verdict: 'agree-with-conditions',
    conditions: [{ text: '疏散宽度', subject: 'fire' }],
  };
  const recognitions = [
    await bureau.recognition('submitted'),
    await bureau.recognition('in-review'),
    await bureau.recognition('opined', conditional),
    await bureau.recognition('plan-check'),
    await bureau.recognition('deciding'),
    await bureau.recognition('decided'),
  ];
  await bureau.platform.drain();
  const link = await invited(bureau, recognitions[1] ?? '');
  const recognised = await bureau.call('company-drafter', `GET /projects/${recognitions.at(-1) ?? ''}`);
  const { id: certificate } = recognised.body['certificate'] as { id: string };
  const resources: string[] = [];
  for (const [user, county] of [
    ['ordos-drafter', '150602'],
    ['tongliao-drafter', '150502'],
  ] as const) {
    const body = sampleDetails({ county, unitNumber: `${county}001002GB00003F00010001` });
    const made = await bureau.call(user, 'POST /resources', { body });
    resources.push(String(made.body['id']));
  }
  const papers: { id: string; number: number }[] = [];
  for (const id of recognitions) {
    const { body } = await bureau.read('housing-lead', id);
    for (const { number } of body['papers'] as { number: number }[]) papers.push({ id, number });
  }
  const projects = await Projects.on(bureau.platform);
  const found = await bureau.call('ordos-drafter', `GET /submissions/${filings[0] ?? ''}/documents`);
  const run = await bureau.call('housing-supervisor', 'POST /evaluations', {
    body: { year: 2021, month: 9 },
  });
  await bureau.platform.drain();
  return {
    ids: {
      submissions: [...filings, returned, consented, ...recognitions],
      certificates: [certificate],
      invitations: [link.token],
      reviews: [recognitions[1] ?? ''],
      obligations: duties,
      resources,
      projects: [(await projects.apply({ county: '150602' })).id],
      evaluations: [String(run.body['id'])],
      inbox: ['2021-10-12'],
      calendar: ['2021', '2022'],
      cities: ['150600', '150200'],
      offices: ['150600', 'R_HOUSING'],
      kinds: ['five-year-target', 'demand-survey'],
      exports: ['submissions', 'deadlines', 'desk', 'resources', 'projects', 'overview'],
      'evaluation-schemes': ['2021', '2022'],
    },
    papers,
    documents: (found.body['items'] as Json[]).map((one) => String(one['id'])),
  };
}
