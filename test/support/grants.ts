/** Grants against what is really asked: what each function is granted, and the calls that the story leaves out. */
import { expect } from 'vitest';
import type { Platform } from '../../infra/local/platform.ts';
import { civilDateOf } from '../../shared/kernel/civil-date.ts';
import { sampleDetails } from '../../shared/domain/resources/sample-resource.ts';
import { CertificateBench } from './certificate-bench.ts';

/** `commands dynamodb:GetItem`: every grant of the template. */
export function grantsOf(platform: Platform): string[] {
  return platform.assembly.ofType('AWS::Lambda::Function').flatMap((lambda) => {
    const role = platform.assembly
      .ofType('AWS::IAM::Role')
      .find((one) => platform.assembly.arnOf(one) === lambda.properties['Role']);
    const policies = (role?.properties['Policies'] ?? []) as {
      PolicyDocument: { Statement: { Action: string | string[] }[] };
    }[];
    const name = platform.assembly.nameOf(lambda).replace('anju-', '');
    const actions = policies.flatMap(({ PolicyDocument }) =>
      PolicyDocument.Statement.flatMap(({ Action }) => [Action].flat()),
    );
    return [...new Set(actions)].map((action) => `${name} ${action}`);
  });
}

/** A list as a file, a print, a mail, an event that fails for good. */
export async function askTheRest(platform: Platform): Promise<void> {
  const asked = async (user: string, call: string, body?: object, headers: Record<string, string> = {}) => {
    const [method = '', target = ''] = call.split(' ');
    const answer = await fetch(`${platform.url}${target}`, {
      method,
      headers: {
        authorization: `Bearer ${await platform.token(user)}`,
        'idempotency-key': call,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    expect(answer.status, `${call}: ${text}`).toBeLessThan(300);
    return text;
  };
  await asked('housing-supervisor', 'GET /exports/submissions?city=150600');
  await asked('housing-supervisor', 'GET /exports/deadlines');
  const { items: projects } = JSON.parse(await asked('housing-supervisor', 'GET /projects')) as {
    items: readonly { readonly id: string }[];
  };
  await asked('housing-supervisor', `GET /submissions/${projects[0]?.id ?? ''}/countersign-sheet`);
  const resource = await asked('wuhai-drafter', 'POST /resources', sampleDetails({ county: '150302' }));
  await asked('wuhai-drafter', `GET /resources/${(JSON.parse(resource) as { id: string }).id}`);
  await asked('wuhai-drafter', 'GET /resources');
  await asked('wuhai-drafter', 'PUT /me/preferences', {
    locale: 'zh-CN',
    delivery: 'at-once',
    mail: 'wuhai@example.cn',
  });
  await asked('housing-supervisor', 'POST /obligations', {
    notice: '演通〔2022〕1号',
    clause: 'S-06',
    cities: ['150300'],
    items: [{ kind: 'annual-plan', period: '2022' }],
    dueBefore: '2022-01-28T16:00:00.000Z',
    satisfiedBy: 'submitted',
  });
  await platform.drain();
  await asked('wuhai-drafter', `POST /inbox/${civilDateOf(platform.clock.iso())}/read`, {});
  const bench = await CertificateBench.on({ platform });
  await bench.issue();
  bench.close();
}
