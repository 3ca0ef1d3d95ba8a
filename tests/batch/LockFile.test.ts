import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type LockContent, LockFile, lockedSubjects } from '../../src/batch/LockFile.js';
import { ownIdentity } from '../../src/batch/processIdentity.js';
import { temporaryFolder } from '../support/fixtures.js';

const folder = temporaryFolder();
const nonce = '0123456789abcdef';

function plant(name: string, content: object | string, ageSeconds = 0): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  const time = Date.now() / 1000 - ageSeconds;
  utimesSync(path, time, time);
  return path;
}

async function deadOwners(lock: LockFile | undefined): Promise<LockContent[]> {
  const dead: LockContent[] = [];
  await lock?.clearAfterDead(async (left) => {
    dead.push(left);
  });
  return dead;
}

test('only one process at a time holds a lock, and releasing it frees it', async () => {
  const path = join(folder, 'a.lock');
  const all = await Promise.all(Array.from({ length: 20 }, () => LockFile.acquire(path, 'a.zip')));
  const held = all.filter((lock) => lock !== undefined);
  expect(held.length).toBe(1);
  held[0]?.release();
  const again = await LockFile.acquire(path, 'a.zip');
  expect(await deadOwners(again)).toEqual([]);
  again?.release();
  expect(existsSync(path)).toBe(false);
});

test('of many that find the lock of a dead process at once, exactly one takes it over', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  for (let round = 0; round < 40; round++) {
    const path = plant('race.lock', { ...ownIdentity(), pid: child.pid, nonce, subject: 'race.zip' });
    const all = await Promise.all(Array.from({ length: 10 }, () => LockFile.acquire(path, 'race.zip')));
    const held = all.filter((lock) => lock !== undefined);
    expect(held.length).toBe(1);
    expect(await deadOwners(held[0])).toMatchObject([{ nonce, subject: 'race.zip' }]);
    expect(await deadOwners(held[0])).toEqual([]);
    held[0]?.release();
  }
});

test('a lock is taken over from a process that was killed while taking it over', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  const dead = { ...ownIdentity(), pid: child.pid, nonce, subject: 'k.zip' };
  const path = plant('k.lock', dead);
  const claimant = { ...dead, nonce: 'fedcba9876543210', dead };
  plant(`k.lock.${nonce}.claim`, claimant);
  const lock = await LockFile.acquire(path, 'k.zip');
  expect(await deadOwners(lock)).toEqual([dead]);
  lock?.release();

  // Killed after it had removed the dead lock and created its own, before cleaning up.
  plant('k.lock', { ...claimant, dead: undefined });
  plant(`k.lock.${nonce}.claim`, claimant);
  const next = await LockFile.acquire(path, 'k.zip');
  expect((await deadOwners(next)).map((left) => left.nonce).sort()).toEqual([nonce, claimant.nonce]);
  next?.release();
});

test('a process with the reused id of a dead one does not keep its lock alive', async () => {
  const path = plant('c.lock', { ...ownIdentity(), started: '1', nonce, subject: 'c.zip' });
  const lock = await LockFile.acquire(path, 'c.zip');
  expect(await deadOwners(lock)).toMatchObject([{ started: '1' }]);
  lock?.release();
});

test('the lock of another machine counts only while it is touched', async () => {
  const foreign = { host: 'another machine', pid: 1, started: '1', nonce, subject: 'd.zip' };
  expect(await LockFile.acquire(plant('d.lock', foreign), 'd.zip')).toBeUndefined();
  // Also if the clock was set back since.
  for (const age of [600, -600]) {
    const lock = await LockFile.acquire(plant('d.lock', foreign, age), 'd.zip', 1);
    expect(await deadOwners(lock)).toEqual([foreign]);
    lock?.release();
  }
});

test('a lock that only seems to be dead, because the clock was set, is not taken over', async () => {
  const foreign = { host: 'another machine', pid: 1, started: '1', nonce, subject: 'f.zip' };
  const path = plant('f.lock', foreign, 600);
  const taking = LockFile.acquire(path, 'f.zip', 500);
  setTimeout(() => writeFileSync(path, JSON.stringify(foreign)), 100);
  expect(await taking).toBeUndefined();
  unlinkSync(path);
});

test('a process whose lock was taken over while it was suspended does not release the lock of the other', async () => {
  const path = join(folder, 's.lock');
  const suspended = await LockFile.acquire(path, 's.zip');
  unlinkSync(path);
  const other = await LockFile.acquire(path, 's.zip');
  suspended?.release();
  expect(existsSync(path)).toBe(true);
  other?.release();
  expect(existsSync(path)).toBe(false);
});

/** Calls `acquire` in a process of its own, in which functions of node:fs are replaced. */
async function acquireWith(replaced: string, path: string): Promise<NodeJS.Signals | null> {
  const script = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    Object.assign(fs, ${replaced});
    syncBuiltinESMExports();
    const { LockFile } = await import(${JSON.stringify(new URL('../../src/batch/LockFile.js', import.meta.url).href)});
    const [lock, other] = [await LockFile.acquire(process.argv[1], 'x.zip'), await LockFile.acquire(process.argv[1], 'x.zip')];
    if (lock === undefined || other !== undefined) process.kill(process.pid, 'SIGABRT');
    lock.release();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, path], { stdio: 'inherit' });
  const [, signal] = (await once(child, 'exit')) as [number, NodeJS.Signals | null];
  return signal;
}

test.each(['writeSync', 'linkSync', 'unlinkSync'])(
  'a process that is killed before %s while it creates a lock leaves none without content',
  async (step) => {
    const path = join(folder, 'killed.lock');
    expect(await acquireWith(`{ ${step}() { process.kill(process.pid, 'SIGKILL'); } }`, path)).toBe('SIGKILL');
    const lock = await LockFile.acquire(path, 'x.zip');
    expect(await deadOwners(lock)).toMatchObject(step === 'unlinkSync' ? [{ subject: 'x.zip' }] : []);
    lock?.release();
    await lockedSubjects(folder);
  },
);

test('a file system without hard links has locks, too', async () => {
  const path = join(folder, 'fat.lock');
  const fails = `{ linkSync() { throw Object.assign(new Error('no links'), { code: 'EPERM' }); } }`;
  expect(await acquireWith(fails, path)).toBeNull();
});

test('a lock without content counts only for a while', async () => {
  expect(await LockFile.acquire(plant('e.lock', ''), 'e.zip')).toBeUndefined();
  const lock = await LockFile.acquire(plant('e.lock', '', 600), 'e.zip', 1);
  expect(JSON.parse(readFileSync(join(folder, 'e.lock'), 'utf8'))).toMatchObject({
    subject: 'e.zip',
    pid: process.pid,
  });
  expect(await deadOwners(lock)).toEqual([]);
  lock?.release();
});

test('no files are left behind', () => {
  expect(readdirSync(folder).filter((name) => !/^[de]\.lock$/.test(name))).toEqual([]);
});
