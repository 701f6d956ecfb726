/** Our engine over HTTP, with handles, on a store of either kind. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  memoryStore,
  sqliteStore,
  TableEngine,
  tableHttpHandler,
} from '../../../infra/local/engines/table/index.ts';
import { connect, type TableTarget } from './target.ts';

/** Everything that a check may need. */
export const knobs = ['clock', 'expiry', 'late-indexes', 'conflicts', 'throttling', 'lost-answers'] as const;

export interface Engine {
  readonly target: TableTarget;
  close(): Promise<void>;
}

export async function startOurs(kind: 'memory' | 'sqlite'): Promise<Engine> {
  const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const store = kind === 'memory' ? memoryStore() : sqliteStore(path.join(folder, 'table.sqlite'));
  const engine = new TableEngine({ store, now });
  const faults: unknown[] = [];
  const server = createServer(tableHttpHandler(engine, { warn: (fault) => faults.push(fault) }));
  // Connections stay open, however long a busy machine takes for the next request.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const target = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    disturb: (wanted) => engine.disturb(wanted),
    advance: (milliseconds) => (ahead += milliseconds),
    now,
    expire: () => engine.expire(now()),
  });
  return {
    target,
    async close() {
      target.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      engine.close();
      rmSync(folder, { recursive: true, force: true });
      if (faults.length > 0) throw new Error('The engine failed', { cause: faults[0] });
    },
  };
}
