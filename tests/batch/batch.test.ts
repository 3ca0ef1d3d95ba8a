import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, jest, test } from '@jest/globals';
import { type BatchOptions, type BatchRun, batch } from '../../src/batch/batch.js';
import type { NamedInput } from '../../src/batch/outputNames.js';
import type { BatchEvent } from '../../src/batch/runInputs.js';
import { WorkerDied, WorkerProcess } from '../../src/batch/WorkerProcess.js';
import { OutputError, UsageError } from '../../src/core/errors.js';
import type { BatchReport, BatchResult } from '../../src/reports/BatchReport.js';
import { renderBatch } from '../../src/reports/renderBatch.js';
import { digestsUnder, filesUnder } from '../support/filesUnder.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { dockerFolder } from '../support/remains.js';

const folder = temporaryFolder();
const SMALL = fixture('0.12.3-sqlite3', 'backup-database-only.zip');
const OTHER = fixture('0.10.18-sqlite3', 'backup.zip');
let places = 0;

/** An archive of two backups and a folder for its outputs. */
function archive(files: Readonly<Record<string, string>> = { 'a.zip': SMALL, 'x/b.zip': OTHER }): {
  inDir: string;
  outDir: string;
} {
  const place = join(folder, String(++places));
  for (const [name, from] of Object.entries(files)) {
    mkdirSync(dirname(join(place, 'in', name)), { recursive: true });
    copyFileSync(from, join(place, 'in', name));
  }
  return { inDir: join(place, 'in'), outDir: join(place, 'out') };
}

const run = ({ inDir, outDir }: { inDir: string; outDir: string }, options: Partial<BatchOptions> = {}): BatchRun =>
  batch([inDir], { outDir, jobs: 1, tempdir: folder, ...options });

const started = jest.spyOn(WorkerProcess.prototype, 'run');

const isOutput = (name: string): boolean => !name.startsWith('.gogs') && name !== 'SHA256SUMS';

/** `a.zip upgraded`. */
const statuses = ({ inputs }: BatchReport): string[] =>
  inputs.map(({ input, status }) => `${input.replace(/^.*\/in\//, '')} ${status}`);

test('for a folder of anything, it names skipped files by kind, and inputs that are not from Gogs', async () => {
  const at = archive({ 'a.zip': SMALL });
  const files = { 'notes.txt': 'x', 'b.TXT': 'x', 'disk.7z': 'x', README: 'x', 'a.after-restore.sql': '-- x' };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(at.inDir, name), text);
  writeFileSync(join(at.inDir, 'wordpress.sql'), 'CREATE TABLE wp_posts (ID int);\nINSERT INTO wp_posts VALUES (1);\n');
  const report = await run(at);
  expect(statuses(report)).toEqual(['a.zip upgraded', 'wordpress.sql failed']);
  expect(report.passedOver.map(({ kind, count }) => [kind, count])).toEqual([
    ['.txt', 2],
    ['.7z', 1],
    ['.after-restore.sql', 1],
    ['without an ending', 1],
  ]);
  const text = renderBatch(report, { width: 200, verbose: false, stream: new PassThrough() });
  expect(text).toContain(`.7z: 1 file (${join(at.inDir, 'disk.7z')})`);
  expect(text).toMatch(/Not from Gogs\n\s+- .*wordpress\.sql/);
  expect(text).toContain('1 of 2 failed (1 not from Gogs); 1 done.');
});

describe('run again', () => {
  test('a batch keeps outputs that are done and intact', async () => {
    const at = archive();
    expect(statuses(await run(at))).toEqual(['a.zip upgraded', 'x/b.zip upgraded']);
    const before = digestsUnder(at.outDir);
    const running = run(at);
    const results: BatchResult[] = [];
    for await (const result of running) results.push(result);
    const again = await running;
    expect(new Set(results)).toEqual(new Set(again.inputs));
    expect(statuses(again)).toEqual(['a.zip kept', 'x/b.zip kept']);
    expect(again.inputs[0]?.summary?.rowsOut).toBeGreaterThan(100);
    expect(digestsUnder(at.outDir)).toEqual(before);
  });

  test('it replaces a damaged output, even if name, size and time are right', async () => {
    const at = archive();
    await run(at);
    const before = digestsUnder(at.outDir, (name) => name.endsWith('.zip'));
    const output = join(at.outDir, 'a.zip');
    const { atime, mtime } = statSync(output);
    const bytes = readFileSync(output);
    bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
    writeFileSync(output, bytes);
    utimesSync(output, atime, mtime);
    rmSync(join(at.outDir, 'x', 'b.zip'));
    expect(statuses(await run(at))).toEqual(['a.zip upgraded', 'x/b.zip upgraded']);
    expect(digestsUnder(at.outDir, (name) => name.endsWith('.zip'))).toEqual(before);
  });

  test('it upgrades changed inputs again, but not those that were only touched or moved', async () => {
    const at = archive();
    await run(at);
    const [a, b] = [join(at.inDir, 'a.zip'), join(at.inDir, 'x', 'b.zip')];
    const { atime, mtime } = statSync(a);
    copyFileSync(OTHER, a);
    utimesSync(a, atime, mtime);
    utimesSync(b, new Date(0), new Date(0));
    expect(statuses(await run(at))).toEqual(['a.zip upgraded', 'x/b.zip kept']);
    execFileSync('cp', ['-r', at.inDir, join(dirname(at.inDir), 'moved')]);
    const moved = await run({ ...at, inDir: join(dirname(at.inDir), 'moved') });
    expect(moved.totals).toMatchObject({ kept: 2 });
  });

  test('it upgrades everything again for another target or other options', async () => {
    const at = archive({ 'a.zip': SMALL });
    await run(at);
    expect(statuses(await run(at, { upgrade: { to: '0.14' } }))).toEqual(['a.zip upgraded']);
    expect(statuses(await run(at, { upgrade: { to: '0.14', redactTokens: true } }))).toEqual(['a.zip upgraded']);
    expect(statuses(await run(at, { upgrade: { to: '0.14', redactTokens: true } }))).toEqual(['a.zip kept']);
  });

  test('it tries a failed input again, and succeeds once the input is repaired', async () => {
    const at = archive();
    writeFileSync(join(at.inDir, 'a.zip'), '');
    const report = await run(at);
    expect(statuses(report)).toEqual(['a.zip failed', 'x/b.zip upgraded']);
    expect(report.inputs[0]).toMatchObject({ output: null, failure: { kind: 'InputError' } });
    copyFileSync(SMALL, join(at.inDir, 'a.zip'));
    expect(statuses(await run(at))).toEqual(['a.zip upgraded', 'x/b.zip kept']);
  });
});

test('a file that no batch wrote is replaced only with force', async () => {
  const at = archive({ 'a.zip': SMALL });
  mkdirSync(at.outDir);
  writeFileSync(join(at.outDir, 'a.zip'), 'precious');
  const report = await run(at);
  expect(report.inputs[0]?.failure?.message).toMatch(/it exists, and no batch has made it/);
  expect(readFileSync(join(at.outDir, 'a.zip'), 'utf8')).toBe('precious');
  expect(statuses(await run(at))).toEqual(['a.zip failed']);
  expect(statuses(await run(at, { force: true }))).toEqual(['a.zip upgraded']);
});

test('inputs are never replaced by their outputs', async () => {
  const at = archive({ 'a.zip': SMALL });
  await expect(batch([join(at.inDir, 'a.zip')], { outDir: at.inDir, base: at.inDir })).rejects.toThrow(UsageError);
});

test.each([
  [{ set: ['nothing'] }, /Cannot read the setting "nothing"/],
  [{ encoding: 'klingon' }, /--encoding klingon is not known/],
  [{ dropExisting: true }, /--drop-existing is for SQL/],
  [{ filesOnly: true, withSql: true }, /--files-only .* cannot be combined with --sql/],
] as const)(
  'options that no input can be upgraded with are refused once, before the first: %j',
  async (upgrade, why) => {
    const at = archive({ 'a.zip': SMALL, 'b.zip': SMALL });
    const refused = run(at, { upgrade });
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(why);
  },
);

test('a backup that is already from the target is recognized', async () => {
  const at = archive({ 'new.zip': fixture('0.12.3-sqlite3', 'gogs-0.13.0-backup.zip'), 'old.zip': SMALL });
  const report = await run(at);
  expect(report.inputs.map(({ summary }) => summary?.isAtTarget)).toEqual([true, false]);
  const upgraded = await run({ inDir: at.outDir, outDir: `${at.outDir}-again` });
  expect(upgraded.inputs.map(({ summary }) => summary?.isAtTarget)).toEqual([true, true]);
});

test('options apply to each input: SQL beside every zip and in the manifest, removed again without the option', async () => {
  const at = archive({ 'a.zip': OTHER });
  await run(at, { upgrade: { withSql: true, engine: 'sqlite3' } });
  const outputs = (): string[] => filesUnder(at.outDir).filter((name) => !name.startsWith('.gogs'));
  expect(outputs()).toEqual(['SHA256SUMS', 'a.next-steps.md', 'a.zip', 'a.zip.sql']);
  expect(readFileSync(join(at.outDir, 'SHA256SUMS'), 'utf8')).toMatch(
    / {2}a\.next-steps\.md\n.* {2}a\.zip\n.* {2}a\.zip\.sql\n$/,
  );
  await run(at);
  expect(outputs()).toEqual(['SHA256SUMS', 'a.next-steps.md', 'a.zip']);
  expect(readFileSync(join(at.outDir, 'SHA256SUMS'), 'utf8').trim().split('\n').length).toBe(2);
  const csv = await run(at, { upgrade: { format: 'csv' } });
  expect(csv.inputs[0]?.files.some(({ path }) => path === 'a.zip.csv/user.csv')).toBe(true);
  expect(statuses(await run(at, { upgrade: { format: 'csv' } }))).toEqual(['a.zip kept']);
  rmSync(join(at.outDir, 'a.zip.csv', 'user.csv'));
  expect(statuses(await run(at, { upgrade: { format: 'csv' } }))).toEqual(['a.zip upgraded']);
});

test('with fail-fast, nothing is started after a failure, and skipped inputs are reported', async () => {
  const at = archive({ 'a.zip': SMALL, 'b.zip': SMALL, 'z.zip': OTHER });
  writeFileSync(join(at.inDir, 'z.zip'), Buffer.alloc(100_000));
  const report = await run(at, { failFast: true });
  expect(statuses(report)).toEqual(['a.zip not begun', 'b.zip not begun', 'z.zip failed']);
});

test.each([
  { moment: 'before the first input', when: (stop: () => void) => stop() },
  { moment: 'during the first input', when: (stop: () => void) => setImmediate(stop) },
])('interrupted $moment, it leaves nothing half-written, and no worker', async ({ when }) => {
  const at = archive();
  const stop = new AbortController();
  const onEvent = ({ type }: BatchEvent): void => {
    if (type === 'begun') when(() => stop.abort(new Error('enough')));
  };
  await expect(run(at, { signal: stop.signal, onEvent })).rejects.toThrow('enough');
  expect(filesUnder(at.outDir).filter((name) => /\.part$|locks/.test(name))).toEqual([]);
  expect(workers()).toEqual([]);
  // A fast worker may have finished its first input.
  const left = digestsUnder(at.outDir, isOutput);
  const { totals } = await run(at);
  expect(totals.upgraded + totals.kept).toBe(2);
  expect(digestsUnder(at.outDir, isOutput)).toMatchObject(left);
});

/** As if the batch had been killed just before it recorded that `a.zip` is done. */
function forgetThatItIsDone(outDir: string): void {
  const records = join(outDir, '.gogs-backup-upgrade', 'records');
  for (const name of readdirSync(records)) {
    const { output } = JSON.parse(readFileSync(join(records, name), 'utf8')) as { output: string };
    writeFileSync(join(records, name), JSON.stringify({ format: 1, state: 'begun', output }));
  }
}

test('a batch killed before it recorded an output recognizes it, and replaces no other file there', async () => {
  const at = archive({ 'a.zip': OTHER });
  await run(at);
  const before = digestsUnder(at.outDir, (name) => !name.startsWith('.gogs'));
  forgetThatItIsDone(at.outDir);
  expect(statuses(await run(at))).toEqual(['a.zip upgraded']);
  expect(digestsUnder(at.outDir, (name) => !name.startsWith('.gogs'))).toEqual(before);
  for (const name of ['a.zip', 'a.next-steps.md']) {
    forgetThatItIsDone(at.outDir);
    for (const other of ['a.zip', 'a.next-steps.md']) rmSync(join(at.outDir, other), { force: true });
    writeFileSync(join(at.outDir, name), 'precious');
    const report = await run(at);
    expect(report.inputs[0]?.failure?.message).toMatch(/it exists, and no batch has made it/);
    expect(readFileSync(join(at.outDir, name), 'utf8')).toBe('precious');
  }
});

test.each([
  { layout: 'binary', engine: 'sqlite3' },
  { layout: 'docker', engine: 'mysql' },
] as const)('so does one of server folders: $layout', async (upgrade) => {
  const at = archive({ 'a.zip': SMALL });
  const isOutput = (name: string): boolean => !name.startsWith('.gogs');
  await run(at, { upgrade });
  const before = digestsUnder(at.outDir, isOutput);
  forgetThatItIsDone(at.outDir);
  expect(statuses(await run(at, { upgrade }))).toEqual(['a.zip upgraded']);
  expect(digestsUnder(at.outDir, isOutput)).toEqual(before);
  forgetThatItIsDone(at.outDir);
  const precious = join(at.outDir, 'a.zip.gogs', 'precious');
  writeFileSync(precious, 'precious');
  const report = await run(at, { upgrade });
  expect(report.inputs[0]?.failure?.message).toMatch(/it exists, and no batch has made it/);
  expect(readFileSync(precious, 'utf8')).toBe('precious');
});

test('a record whose content was lost in a power cut counts as unfinished, and its output is recognized', async () => {
  const at = archive({ 'a.zip': OTHER });
  await run(at);
  const before = digestsUnder(at.outDir, isOutput);
  const records = join(at.outDir, '.gogs-backup-upgrade', 'records');
  for (const name of readdirSync(records)) writeFileSync(join(records, name), '');
  expect(statuses(await run(at))).toEqual(['a.zip upgraded']);
  expect(digestsUnder(at.outDir, isOutput)).toEqual(before);
  expect(statuses(await run(at))).toEqual(['a.zip kept']);
});

test('an output that appears during the upgrade of its input is not replaced', async () => {
  const at = archive({ 'a.zip': OTHER });
  const appear = ({ type }: BatchEvent): void => {
    if (type === 'begun') writeFileSync(join(at.outDir, 'a.zip'), 'precious');
  };
  const report = await run(at, { onEvent: appear });
  expect(report.inputs[0]?.failure?.message).toMatch(/it exists/);
  expect(readFileSync(join(at.outDir, 'a.zip'), 'utf8')).toBe('precious');
});

test('a report replaces the previous one, but no input and no file that no batch wrote', async () => {
  const at = archive({ 'a.zip': SMALL });
  const path = join(at.outDir, '..', 'report.csv');
  await run(at, { reports: [path] });
  expect(statuses(await run(at, { reports: [path] }))).toEqual(['a.zip kept']);
  writeFileSync(path, 'precious');
  await expect(run(at, { reports: [path] })).rejects.toThrow(/no batch into this folder has written it/);
  expect(readFileSync(path, 'utf8')).toBe('precious');
  await run(at, { reports: [path], force: true });
  rmSync(path);
  linkSync(join(at.inDir, 'a.zip'), path);
  await expect(run(at, { reports: [path], force: true })).rejects.toThrow(/is the input/);
  expect(readFileSync(join(at.inDir, 'a.zip')).equals(readFileSync(SMALL))).toBe(true);
  rmSync(path);
  writeFileSync(join(at.inDir, 'precious'), 'precious');
  symlinkSync(join(at.inDir, 'precious'), path);
  await expect(run(at, { reports: [path], force: true })).rejects.toThrow(/is a link/);
});

test('two reports that are one file are rejected before any work', async () => {
  const at = archive({ 'a.zip': SMALL });
  const path = join(at.outDir, '..', 'report.csv');
  const reports = [path, `${path.slice(0, -'report.csv'.length)}./report.csv`];
  await expect(run(at, { reports })).rejects.toThrow(/another output/);
  await expect(run(at)).resolves.toMatchObject({ inputs: [{ status: 'upgraded' }] });
});

describe.each(['', 'records', 'locks', 'reports'])('in place of its own folder %p, a batch', (name) => {
  const own = ({ outDir }: { outDir: string }): string => resolve(outDir, '.gogs-backup-upgrade', name);

  test('follows no link', async () => {
    const at = archive({ 'a.zip': SMALL });
    const elsewhere = join(at.outDir, '..', 'elsewhere');
    mkdirSync(elsewhere);
    mkdirSync(dirname(own(at)), { recursive: true });
    symlinkSync(elsewhere, own(at));
    await expect(run(at)).rejects.toThrow(/is a link/);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test('reports a file', async () => {
    const at = archive({ 'a.zip': SMALL });
    mkdirSync(dirname(own(at)), { recursive: true });
    writeFileSync(own(at), '');
    await expect(run(at)).rejects.toThrow(/ a part of its path is not a folder\./);
  });
});

test('a file in place of the output folder is reported as such', async () => {
  const at = archive({ 'a.zip': SMALL });
  writeFileSync(at.outDir, '');
  await expect(run(at)).rejects.toThrow(/ a part of its path is not a folder\./);
  expect(readFileSync(at.outDir, 'utf8')).toBe('');
});

test('an output folder that is removed meanwhile is an error of the output', async () => {
  const at = archive();
  const onEvent = (event: BatchEvent): void => {
    if (event.type === 'finished') rmSync(at.outDir, { recursive: true, force: true });
  };
  await expect(run(at, { onEvent })).rejects.toThrow(OutputError);
});

describe('a worker that dies', () => {
  test('is replaced, and its input is tried once more', async () => {
    const at = archive();
    const events: BatchEvent[] = [];
    const onEvent = (event: BatchEvent): void => {
      if (event.type === 'begun' && events.every(({ type }) => type !== 'begun')) setImmediate(killWorkers);
      events.push(event);
    };
    expect(statuses(await run(at, { onEvent }))).toEqual(['a.zip upgraded', 'x/b.zip upgraded']);
    expect(events.filter(({ type }) => type === 'worker died')).toMatchObject([{ reason: 'it was ended by SIGKILL' }]);
  });

  test('twice on the same input fails only that input, and leaves no partial output', async () => {
    const at = archive();
    let deaths = 0;
    const onEvent = (event: BatchEvent): void => {
      if (event.type === 'begun' && event.input.endsWith('b.zip')) setImmediate(killWorkers);
      if (event.type === 'worker died' && ++deaths < 2) setImmediate(killWorkers);
    };
    const report = await run(at, { onEvent });
    expect(statuses(report)).toEqual(['a.zip upgraded', 'x/b.zip failed']);
    expect(report.inputs[1]?.failure?.message).toMatch(
      /its worker died twice; the second time, it was ended by SIGKILL/,
    );
    // A lock without content is that of a worker that was killed while creating it: it counts for two minutes.
    const isLock = (name: string): boolean => /locks/.test(name) && statSync(join(at.outDir, name)).size > 0;
    expect(filesUnder(at.outDir).filter((name) => name.endsWith('.part') || isLock(name))).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('gogs-backup-upgrade-'))).toEqual([]);
  });

  test('from too much memory reports how much it used and what to do', async () => {
    const { inDir, outDir } = archive({ 'a.zip': OTHER });
    mkdirSync(outDir);
    const input: NamedInput = { path: join(inDir, 'a.zip'), name: 'a.zip', output: 'a.zip', bytes: 0 };
    const settings = { outDir, language: 'en' as const, tempdir: folder, force: false, upgrade: {} };
    const worker = new WorkerProcess({ settings, maxMemory: 10 * 2 ** 20, onProgress: () => undefined });
    const died = await worker.run(input).then(
      () => undefined,
      (error: unknown) => error,
    );
    await worker.end();
    expect(died).toBeInstanceOf(WorkerDied);
    expect(String(died)).toMatch(/it used \d+ MB of memory, and its share is 10 MB; raise --max-memory/);
  });
});

/** Process ids of the running workers. */
function workers(): number[] {
  return (started.mock.contexts as WorkerProcess[]).flatMap(({ pid }) =>
    pid !== undefined && isThere(pid) ? [pid] : [],
  );
}

function killWorkers(): void {
  for (const pid of workers()) process.kill(pid, 'SIGKILL');
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('with --layout each input becomes a server folder, and is kept until something in it changes', async () => {
  const at = archive({ 'a.zip': SMALL });
  const volume = join(at.inDir, 'volume');
  await dockerFolder('0.12.3-sqlite3', volume);
  // A cyclic link.
  symlinkSync('..', join(volume, 'gogs', 'circle'));
  rmSync(`${volume}-binary`, { recursive: true });
  rmSync(`${volume}-binary-backup`, { recursive: true });
  const options = { upgrade: { layout: 'docker', engine: 'sqlite3' } } as const;
  expect(statuses(await run(at, options))).toEqual(['a.zip upgraded', 'volume upgraded']);
  const head = 'git/gogs-repositories/acme/core.git/HEAD';
  expect(readFileSync(join(at.outDir, 'volume.gogs', head), 'utf8')).toContain('refs/heads');
  expect(statSync(join(at.outDir, 'a.zip.gogs', 'gogs', 'data', 'gogs.db')).size).toBeGreaterThan(0);
  expect(statuses(await run(at, options))).toEqual(['a.zip kept', 'volume kept']);
  writeFileSync(join(volume, head), 'ref: refs/heads/another\n');
  expect(statuses(await run(at, options))).toEqual(['a.zip kept', 'volume upgraded']);
  expect(readFileSync(join(at.outDir, 'volume.gogs', head), 'utf8')).toBe('ref: refs/heads/another\n');
  const hook = join(at.outDir, 'volume.gogs', 'git/gogs-repositories/acme/core.git/hooks/update');
  const { mode } = statSync(hook);
  for (const change of [
    () => chmodSync(hook, 0o600),
    () => symlinkSync('/etc', join(at.outDir, 'volume.gogs', 'gogs', 'added')),
  ]) {
    change();
    expect(statuses(await run(at, options))).toEqual(['a.zip kept', 'volume upgraded']);
  }
  expect(statSync(hook).mode).toBe(mode);
});
