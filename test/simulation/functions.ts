/** The platform's functions as they are deployed, over a table and buckets that the seed rules. */
import { createHash } from 'node:crypto';
import { certificatesHandler } from '../../functions/certificates/handler.ts';
import { commandHandlers } from '../../functions/commands/handler.ts';
import { commandRoutes } from '../../functions/commands/routes.ts';
import { dailyHandler } from '../../functions/daily/handler.ts';
import { deliveryHandler } from '../../functions/delivery/handler.ts';
import { documentHandlers } from '../../functions/documents/handler.ts';
import { documentRoutes } from '../../functions/documents/routes.ts';
import { followUpHandler } from '../../functions/follow-up/handler.ts';
import { httpFunction } from '../../functions/http-function.ts';
import { inspectionHandler } from '../../functions/inspection/handler.ts';
import { journalHandler } from '../../functions/journal/handler.ts';
import { queryHandlers } from '../../functions/queries/handler.ts';
import { queryRoutes } from '../../functions/queries/routes.ts';
import { reportsHandler } from '../../functions/reports/handler.ts';
import { steeringHandlers } from '../../functions/steering/handler.ts';
import { steeringRoutes } from '../../functions/steering/routes.ts';
import { dynamoCounters } from '../../shared/adapters/dynamodb/counters.ts';
import { dynamoDeliveries } from '../../shared/adapters/dynamodb/deliveries.ts';
import { lapsedUploads, oldestChecking } from '../../shared/adapters/dynamodb/lapsing.ts';
import { publicCertificates } from '../../shared/adapters/dynamodb/public-certificates.ts';
import { publicRecords } from '../../shared/adapters/dynamodb/public-records.ts';
import { projectLines } from '../../shared/adapters/dynamodb/registers.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { bytesOf } from '../../shared/app/evaluation/carry-out.ts';
import type { Signer } from '../../shared/app/certificates/ports.ts';
import { grantFiling } from '../../shared/app/projects/grant-filing.ts';
import type { PersonalData } from '../../shared/app/ports.ts';
import { formNames } from '../../shared/domain/evaluation/run.ts';
import { testSigner } from '../support/test-signer.ts';
import { currentInvocation } from './invocation.ts';
import type { World } from './world.ts';

export const functionNames = [
  'commands',
  'steering',
  'queries',
  'documents',
  'inspection',
  'journal',
  'follow-up',
  'daily',
  'delivery',
  'reports',
  'certificates',
] as const;
export type FunctionName = (typeof functionNames)[number];

type Run = (event: never, context: never) => Promise<unknown>;

export const tableName = 'anju';

/** Stands for the sealing key: what is sealed is not what it was, and only its context opens it. */
const sealing: PersonalData = {
  seal: (plain, context) =>
    Promise.resolve(Buffer.from(JSON.stringify({ plain, context })).toString('base64')),
  open: (sealed, context) => {
    const kept = JSON.parse(Buffer.from(sealed, 'base64').toString()) as {
      plain: Record<string, string>;
      context: string;
    };
    return kept.context === context
      ? Promise.resolve(kept.plain)
      : Promise.reject(new Error('Other context'));
  },
};

/** Signs the same text the same way each time, so that a history can be played again; whether it verifies is tested elsewhere. */
const steadySigner: Signer = {
  ...testSigner(),
  sign: (text) => Promise.resolve(new Uint8Array(createHash('sha512').update(text).digest())),
};

export class FunctionsOf {
  readonly #handlers: Readonly<Record<FunctionName, Run>>;

  constructor(world: World) {
    const { client } = world.table;
    const now = (): string => new Date(world.now + (currentInvocation()?.skew ?? 0)).toISOString();
    const newId = (): string => world.random.id(world.now);
    // A store for each function: each keeps the calendar for itself, as each has a process of its own.
    const store = () => dynamoStore(client, tableName, now);
    const { buckets, mailbox } = world;
    const deps = () => ({ store: store(), now, newId });
    const forms = Object.fromEntries(
      formNames.map((name) => [
        name,
        // How a form looks is not what is simulated; that each is made once and under its hash, is.
        {
          mediaType: 'application/json',
          render: async (result: object) => bytesOf({ form: name, ...result }),
        },
      ]),
    ) as Parameters<typeof reportsHandler>[0]['forms'];
    const noLinks = { link: () => Promise.resolve({ url: '', expiresInSeconds: 0 }) };
    this.#handlers = {
      commands: httpFunction(commandRoutes, commandHandlers({ ...deps(), personalData: sealing })),
      steering: httpFunction(steeringRoutes, steeringHandlers(deps())),
      queries: httpFunction(
        queryRoutes,
        queryHandlers({ store: store(), records: dynamoDeliveries(client, tableName), now }),
      ),
      documents: httpFunction(
        documentRoutes,
        documentHandlers({
          ...deps(),
          uploads: { ticket: (_document, at) => Promise.resolve({ url: 'sim', fields: {}, expiresAt: at }) },
          downloads: noLinks,
          files: buckets.evaluations,
          reports: noLinks,
        }),
      ),
      inspection: inspectionHandler({ store: store(), now, quarantine: buckets.quarantine }),
      journal: journalHandler(buckets.ledger),
      'follow-up': followUpHandler({
        store: store(),
        counters: dynamoCounters(client, tableName),
        publicRecords: publicRecords(client, tableName),
        projectLines: projectLines(client, tableName),
        publicCertificates: publicCertificates(client, tableName),
        orders: buckets.orders,
        now,
      }),
      daily: dailyHandler({
        store: store(),
        ledger: buckets.ledger,
        now,
        oldestChecking: () => oldestChecking(client, tableName),
        lapsed: (at) => lapsedUploads(client, tableName, at),
      }),
      delivery: deliveryHandler({
        store: store(),
        personalData: sealing,
        records: dynamoDeliveries(client, tableName),
        mailer: mailbox,
        orders: buckets.orders,
        now,
        portal: 'https://anju.example.cn',
      }),
      // It remembers in its process that its key is published; what is killed here loses that with its process, so each has its own.
      certificates: (event: never) =>
        certificatesHandler({
          store: store(),
          also: grantFiling(store()),
          signer: steadySigner,
          publicKeys: publicCertificates(client, tableName),
          files: buckets.prints,
          orders: buckets.orders,
          // How a certificate looks is not what is simulated; that each version is printed once, is.
          render: (jws) => Promise.resolve(new TextEncoder().encode(jws)),
          checkAt: 'https://anju.example.cn/public/certificates/',
          now,
          pause: (longest) => world.turns.sleep(world.random.below(longest)),
        })(event),
      reports: reportsHandler({
        store: store(),
        counters: dynamoCounters(client, tableName),
        files: buckets.evaluations,
        forms,
        orders: buckets.orders,
        publicEvaluations: publicRecords(client, tableName),
        now,
      }),
    };
  }

  run(name: FunctionName, event: unknown): Promise<unknown> {
    return this.#handlers[name](event as never, {} as never);
  }
}
