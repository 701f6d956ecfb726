/**
 * Ceph's object gateway as Debian packages it, the strictest second opinion to be had without an account: a whole
 * cluster of one, in memory. It takes a quarter of a minute to stand.
 */
import { randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, startProcess, type Running } from '../processes.ts';
import type { Keys } from './target.ts';

/** @returns whether the release is installed that the table speaks of */
export function cephInstalled(release: string): boolean {
  try {
    return ['radosgw', 'ceph-mon', 'ceph-osd']
      .map((program) => execFileSync(program, ['--version'], { encoding: 'utf8', stdio: 'pipe' }))
      .every((said) => said.includes(`version ${release}.`));
  } catch {
    return false;
  }
}

/** @throws when a step of it fails */
export async function startCeph(folder: string, port: number, user: Keys): Promise<Running> {
  const [fsid, monitor] = [randomUUID(), await freePort()];
  for (const name of ['mon', 'osd', 'run']) mkdirSync(path.join(folder, name));
  const at = (name: string): string => path.join(folder, name);
  writeFileSync(at('ceph.conf'), settings(folder, fsid, port, monitor));
  const env = { CEPH_CONF: at('ceph.conf'), CEPH_ARGS: '' };
  const run = (program: string, ...args: readonly string[]): void => {
    execFileSync(program, args, { env: { ...process.env, ...env }, stdio: 'pipe', timeout: 60_000 });
  };
  const all = ['mon', 'osd', 'mgr'].flatMap((kind) => ['--cap', kind, 'allow *']);
  run(
    'ceph-authtool',
    '--create-keyring',
    at('keyring'),
    '--gen-key',
    '-n',
    'mon.',
    '--cap',
    'mon',
    'allow *',
  );
  for (const name of ['client.admin', 'osd.0'])
    run('ceph-authtool', at('keyring'), '--gen-key', '-n', name, ...all);
  run('monmaptool', '--create', '--fsid', fsid, '--addv', 'a', `[v2:127.0.0.1:${monitor}]`, at('monmap'));
  run('ceph-mon', '-i', 'a', '--mkfs', '--monmap', at('monmap'), '--keyring', at('keyring'));
  const started: Running[] = [];
  const end = async (): Promise<void> => {
    for (const running of started.toReversed()) await running.end();
  };
  const start = async (program: string, args: readonly string[], answers: () => Promise<boolean>) => {
    started.push(await startProcess([program, '--foreground', ...args], env, answers));
  };
  try {
    await start('ceph-mon', ['-i', 'a'], async () => true);
    const osd = randomUUID();
    run('ceph', 'osd', 'new', osd);
    run('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', osd);
    await start('ceph-osd', ['-i', '0'], async () => true);
    const keys = [`--access-key=${user.accessKeyId}`, `--secret=${user.secretAccessKey}`];
    run('radosgw-admin', 'user', 'create', '--uid=conformance', '--display-name=conformance', ...keys);
    const url = `http://127.0.0.1:${port}`;
    await start('radosgw', ['-n', 'client.admin'], async () => (await fetch(url)).status === 200);
  } catch (error) {
    await end();
    throw error;
  }
  return { alive: () => started.every((running) => running.alive()), end };
}

function settings(folder: string, fsid: string, port: number, monitor: number): string {
  return `[global]
fsid = ${fsid}
mon host = v2:127.0.0.1:${monitor}/0
public addr = 127.0.0.1
ms bind ipv6 = false
keyring = ${folder}/keyring
mon data = ${folder}/mon
osd data = ${folder}/osd
run dir = ${folder}/run
admin socket = ${folder}/run/$name.asok
log file = /dev/null
mon cluster log file = /dev/null
osd objectstore = memstore
memstore device bytes = 1073741824
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon max pg per osd = 1000
rgw frontends = beast endpoint=127.0.0.1:${port}
rgw override bucket index max shards = 1
`;
}
