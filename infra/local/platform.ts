/** The whole platform on one machine, from the synthesized template: engines, functions, APIs, stream, schedules. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { appendFileSync } from 'node:fs';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { assemblyNow } from './assembly-now.ts';
import { PlatformClock } from './clock.ts';
import { announce, asFolderProblem, claimFolder, lastWriteIn, releaseFolder } from './data-folder.ts';
import { DevMailbox } from './dev-mailbox.ts';
import { devRoutes } from './dev-routes.ts';
import type { UsedAccess } from './iam/guard.ts';
import type { MeteredCall } from './engines/table/index.ts';
import { makeEngines, type Engines } from './engines.ts';
import { EventBus, type KeepFailure } from './events.ts';
import { HostedFunction } from './function-host.ts';
import { doorsIn, keepDoors } from './kept-doors.ts';
import { disturb } from './disturbance.ts';
import { serveInvocation } from './lambda-door.ts';
import { frontOf } from './http-front.ts';
import { demoUser } from './identity/demo-users.ts';
import { devIssuer } from './identity/issuer.ts';
import { StreamPump } from './stream-pump.ts';
import { Assembly, type Resource } from './template.ts';

export interface PlatformOptions {
  /** Absent: everything in memory. */
  readonly dataDir?: string;
  /** 0: any free port. */
  readonly port: number;
  /** Instant at which the clock begins. */
  readonly at?: string;
  /** Told what takes time. */
  readonly progress?: (line: string) => void;
  /** Is given what the functions log. */
  readonly log?: (text: string) => void;
  /** Is told of every call that a function makes to the table, and what it consumed. */
  readonly meter?: (call: MeteredCall) => void;
  /** Is told of every access of a function that its role allows. */
  readonly used?: (access: UsedAccess) => void;
}

export interface Platform {
  readonly url: string;
  readonly clock: PlatformClock;
  readonly engines: Engines;
  readonly assembly: Assembly;
  readonly mailbox: DevMailbox;
  /** What a function of the template finds in its environment. */
  environmentOf(resource: Resource): Readonly<Record<string, string>>;
  token(user: string): Promise<string>;
  /** Fires every schedule up to an instant, in order, then goes on from there. */
  advance(to: string): Promise<void>;
  /** Resolves when stream, events and functions have nothing left to do. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

const account = '000000000000';
const region = 'local-1';

export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { dataDir, port, at, progress = () => undefined } = options;
  const outdir = await assemblyNow(progress);
  const inFolder = (name: string): string | undefined => (dataDir ? path.join(dataDir, name) : undefined);
  if (dataDir) claimFolder(dataDir);
  const clock = new PlatformClock(inFolder('clock.json'), at, lastWriteIn(dataDir));

  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) =>
    response.writeHead(503).end();
  const server = createServer((request, response) => {
    handle(request, response);
  });
  await listening(server, port);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const mailbox = await DevMailbox.open(inFolder('mail'), randomBytes(16).toString('hex'));
  const assembly = new Assembly(outdir, {
    partition: 'aws',
    region,
    account,
    parameters: {
      OidcIssuer: url,
      OidcAudience: 'anju',
      UploadOrigins: url,
      SmtpUrl: mailbox.smtpUrl,
      MailFrom: 'notice@anju.example.cn',
      SmsUrl: `${url}/dev/sms`,
      SmsSecret: mailbox.smsSecret,
      // There is no portal yet: the links of mails lead to the page of the inbox.
      PortalUrl: `${url}/dev`,
      PublicUrl: url,
    },
  });
  const doors = doorsIn(inFolder('doors.json'));
  const credentials = { accessKeyId: 'local', secretAccessKey: doors.secret };
  progress('启动本机的表、对象和密钥引擎 / starting the table, object and key engines …');
  const log = logTo(inFolder('functions.log'), options.log);
  const engines = await makeEngines(assembly, {
    clock,
    credentials,
    ports: doors.ports,
    region,
    account,
    ...(dataDir ? { dataDir } : {}),
    ...(options.meter ? { meter: options.meter } : {}),
    ...(options.used ? { used: options.used } : {}),
    warn: log,
  }).catch((error: unknown) => {
    throw asFolderProblem(error);
  });
  const ports = Object.values(engines.urls).map((address) => Number(new URL(address).port));
  keepDoors(inFolder('doors.json'), { ...doors, ports });
  const functions = hostedFunctions(assembly, engines, credentials, clock, log);

  const keepFailure = failureKeeper(engines, credentials, clock);
  requireStreamAccess(assembly, engines);
  const bus = new EventBus(
    assembly,
    functions,
    engines.objects,
    clock,
    keepFailure,
    inFolder('schedules.json'),
  );
  const pump = new StreamPump(
    assembly,
    functions,
    engines.stream,
    clock.now,
    keepFailure,
    inFolder('stream-places.json'),
  );
  engines.table.keepUndelivered(() => pump.deliveredUpTo);
  engines.onWrite(() => {
    pump.wake();
  });

  const issuer = await devIssuer(() => url, clock.now, inFolder('identity.json'));
  const front = frontOf(assembly, functions, issuer, clock.now);

  /** Engines tell pump and bus of a write before its writer hears of it, so one quiet turn of the loop is enough. */
  async function drain(): Promise<void> {
    do {
      if (!pump.idle) await pump.drained();
      if (!bus.idle) await bus.pump();
      await new Promise((resolve) => (bus.idle ? setImmediate(resolve) : setTimeout(resolve, 2)));
    } while (!pump.idle || !bus.idle);
  }

  async function advance(to: string): Promise<void> {
    const target = Date.parse(to);
    if (Number.isNaN(target)) throw new Error(`Not an instant: ${to}`);
    await drain();
    try {
      for (let due = bus.nextDue(); due <= target; due = bus.nextDue()) {
        if (due > clock.now()) clock.standAt(due);
        await bus.fireDue(due);
        await drain();
      }
      if (target > clock.now()) clock.standAt(target);
      engines.expire();
      await drain();
    } finally {
      clock.run();
    }
  }

  async function token(user: string): Promise<string> {
    const found = demoUser(user);
    if (!found) throw new Error(`There is no demo user ${user}`);
    return (await issuer.token(found)).access_token;
  }

  async function close(): Promise<void> {
    bus.stop();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    await pump.stop();
    await Promise.all([...functions.values()].map((hosted) => hosted.close()));
    await mailbox.close();
    await engines.close();
    if (dataDir) releaseFolder(dataDir);
  }

  const hosted = [...functions.values()];
  const dev = devRoutes({
    mailbox,
    issuer,
    clock,
    url,
    advance,
    drain,
    disturb: (what) => {
      disturb(what, engines.table, hosted);
    },
    engines,
    assembly,
    credentials,
    region,
  });
  handle = (request, response) => {
    void (async () => {
      if (await dev(request, response)) return;
      if (!(await serveInvocation(hosted, request, response))) await front(request, response);
    })().catch((error: unknown) => {
      log(`${(error as Error).stack ?? String(error)}\n`);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end('{"message":"Internal Server Error"}');
    });
  };
  bus.start();
  pump.wake();
  if (dataDir) announce(dataDir, { pid: process.pid, url, ...dev.runtime });
  const environmentOf = (resource: Resource): Readonly<Record<string, string>> =>
    functions.get(assembly.arnOf(resource))?.spec.environment ?? {};
  return { url, clock, engines, assembly, mailbox, environmentOf, token, advance, drain, close };
}

/** Functions behind an API get two workers, the others one: memory counts, and a machine has few cores. */
function hostedFunctions(
  assembly: Assembly,
  engines: Engines,
  credentials: { accessKeyId: string; secretAccessKey: string },
  clock: PlatformClock,
  log: (line: string) => void,
): Map<string, HostedFunction> {
  const surroundings = {
    AWS_REGION: region,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: engines.urls.table,
    AWS_ENDPOINT_URL_S3: engines.urls.objects,
    AWS_ENDPOINT_URL_KMS: engines.urls.keys,
    TZ: 'UTC',
  };
  return new Map(
    assembly.ofType('AWS::Lambda::Function').map((resource) => {
      const { properties } = resource;
      const name = assembly.nameOf(resource);
      const arn = assembly.arnOf(resource);
      const memoryMb = Number(properties['MemorySize'] ?? 128);
      const variables =
        (properties['Environment'] as { Variables?: Record<string, string> } | undefined)?.Variables ?? {};
      const spec = {
        name,
        arn,
        folder: assembly.codeOf(resource),
        handler: String(properties['Handler']),
        memoryMb,
        // What prints reports or reads files whole is asked seldom, and holds much; what steers or describes is asked seldom.
        ...(memoryMb > 512 || /-(steering|description)$/.test(name) ? { restsAfterMs: 15_000 } : {}),
        timeoutSeconds: Number(properties['Timeout'] ?? 3),
        environment: {
          ...surroundings,
          AWS_ACCESS_KEY_ID: `${credentials.accessKeyId}-${name}`,
          AWS_LAMBDA_FUNCTION_NAME: name,
          ...variables,
        },
        maxWorkers: /-(commands)$/.test(name) ? 2 : 1,
      };
      return [arn, new HostedFunction(spec, clock.shared, log)];
    }),
  );
}

/** Lambda keeps what failed in the function's own name, under the keys that it gives on AWS. */
function failureKeeper(
  engines: Engines,
  { accessKeyId, secretAccessKey }: { readonly accessKeyId: string; readonly secretAccessKey: string },
  clock: PlatformClock,
): KeepFailure {
  return async (destination, record) => {
    const { functionArn } = (record as { requestContext: { functionArn: string } }).requestContext;
    const name = functionArn.split(':').at(-1) ?? '';
    const s3 = new S3Client({
      endpoint: engines.urls.objects,
      region,
      credentials: { accessKeyId: `${accessKeyId}-${name}`, secretAccessKey },
      forcePathStyle: true,
      systemClockOffset: clock.now() - Date.now(),
    });
    const day = clock.iso().slice(0, 10).replaceAll('-', '/');
    const time = clock.iso().slice(0, 19).replaceAll(':', '.');
    const Key = `aws/lambda/async/${name}/${day}/${time}-${randomBytes(4).toString('hex')}`;
    const Bucket = destination.split(':').at(-1) ?? '';
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(record) }));
    s3.destroy();
  };
}

/** @throws Error that names a mapping whose function may not read its stream */
function requireStreamAccess(assembly: Assembly, { guard }: Engines): void {
  for (const { id, properties } of assembly.ofType('AWS::Lambda::EventSourceMapping')) {
    const [name, stream] = [String(properties['FunctionName']), String(properties['EventSourceArn'])];
    const refused = guard.refusesStream(name, stream);
    if (refused !== undefined) throw new Error(`The mapping ${id} may not read its stream: ${refused}`);
  }
}

function logTo(
  file: string | undefined,
  told: (text: string) => void = () => undefined,
): (line: string) => void {
  return (line) => {
    told(line);
    if (file) keepLine(file, line);
    if (/"level":"(ERROR|CRITICAL)"/.test(line)) process.stderr.write(line);
  };
}

/** A full disk loses lines of the log, and nothing else. */
function keepLine(file: string, line: string): void {
  try {
    appendFileSync(file, line);
  } catch (error) {
    process.stderr.write(`日志无法写入 / the log cannot be written: ${(error as Error).message}\n`);
  }
}

async function listening(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve();
    });
  });
}
