/** The promises of a batch that is killed or shared out. `BATCH_TEST_INPUTS=1000 BATCH_TEST_KILLS=20` is the full run. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { BatchReport } from '../../src/reports/BatchReport.js';
import { digestsUnder, filesUnder } from '../support/filesUnder.js';
import { PROGRAM, temporaryFolder } from '../support/fixtures.js';
import { type GeneratedArchive, generateBackups } from '../support/generateBackups.js';

const INPUTS = Number(process.env['BATCH_TEST_INPUTS'] ?? 24);
/** One of each kind. */
const KILLS = Number(process.env['BATCH_TEST_KILLS'] ?? 2);
/** Few inputs, but still with every kind of broken one. */
const BROKEN_EVERY = INPUTS < 200 ? 3 : 20;
const SHARDS = INPUTS < 200 ? 2 : 16;
const LONG = 60_000 + INPUTS * 2_000;

const folder = temporaryFolder();
const archive = join(folder, 'archive');
const undisturbed = join(folder, 'undisturbed');
let generated: GeneratedArchive;
let report: BatchReport;
let printed: string;

beforeAll(async () => {
  generated = await generateBackups(archive, INPUTS, BROKEN_EVERY);
  const run = runBatch(undisturbed, '--report', join(folder, 'one.json'));
  expect([run.stderr.slice(-500), run.status]).toEqual([expect.any(String), 7]);
  report = readReport('one.json');
  printed = run.stderr;
}, LONG);

function runBatch(outDir: string, ...more: string[]): ReturnType<typeof spawnSync> & { stderr: string } {
  const args = [PROGRAM, 'batch', archive, '--out-dir', outDir, '--tempdir', folder, ...more];
  return spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e9 });
}

const readReport = (name: string): BatchReport => JSON.parse(readFileSync(join(folder, name), 'utf8')) as BatchReport;

const isOutput = (name: string): boolean => !name.startsWith('.gogs-backup-upgrade');

const countOutputs = (outDir: string): number =>
  existsSync(outDir) ? filesUnder(outDir).filter((name) => name.endsWith('.zip')).length : 0;

/** The part of the report that must be the same regardless of kills; durations vary. */
const facts = ({ inputs }: BatchReport): unknown[] =>
  inputs.map(({ seconds: _seconds, status, ...rest }) => ({ ...rest, failed: status === 'failed' }));

function expectNothingHalfWritten(outDir: string): void {
  const leftovers = filesUnder(outDir).filter((name) => /\.part$|[/\\]locks[/\\]/.test(name));
  expect(leftovers).toEqual([]);
  expect(readdirSync(folder).filter((name) => name.startsWith('gogs-backup-upgrade-'))).toEqual([]);
}

describe('an undisturbed batch', () => {
  test('upgrades every intact backup and names every broken one with its fault', () => {
    expect(report.inputs.length).toBe(INPUTS);
    const failed = report.inputs.filter(({ status }) => status === 'failed');
    expect(failed.map(({ input }) => input.slice(archive.length + 1))).toEqual([...generated.broken.keys()].sort());
    for (const { input, failure } of failed) {
      expect(failure?.message).toMatch(generated.broken.get(input.slice(archive.length + 1)) ?? /^$/);
      expect(failure?.kind).toMatch(/^(?:Input|ForeignInput|Version)Error$/);
    }
    for (const { input } of failed) expect(printed).toContain(`failed    ${input}: `);
    const outputs = filesUnder(undisturbed).filter((name) => name.endsWith('.zip'));
    expect(outputs).toEqual(generated.names.filter((name) => !generated.broken.has(name)));
    expectNothingHalfWritten(undisturbed);
  });

  test('writes a manifest of every output that sha256sum accepts', () => {
    const check = spawnSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: undisturbed, encoding: 'utf8' });
    expect(check.status).toBe(0);
    const archives = check.stdout.split('\n').filter((line) => line.endsWith('.zip: OK'));
    expect(archives.length).toBe(INPUTS - generated.broken.size);
  });
});

test(
  'killed at random moments and run again, it gives the result of an undisturbed run',
  async () => {
    const outDir = join(folder, 'killed');
    let kept = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const args = [PROGRAM, 'batch', archive, '--out-dir', outDir, '--tempdir', folder];
      const running = spawn(process.execPath, args, { stdio: 'ignore', detached: true });
      const ended = once(running, 'exit');
      const pid = running.pid ?? 0;
      // At the first kill something must be done, even on a slow machine; at the last one, something must be left.
      if (kill === 0) while (countOutputs(outDir) === 0 && running.exitCode === null) await sleep(20);
      await Promise.race([sleep((Math.random() * 2 * report.seconds * 1_000) / KILLS), ended]);
      // In turn only the batch, whose workers must then notice it, and the whole process group, as in a power cut.
      if (running.exitCode === null) process.kill(kill % 2 === 0 ? pid : -pid, 'SIGKILL');
      await ended;
      kept += countOutputs(outDir);
    }
    expect(kept).toBeGreaterThan(0);
    const run = runBatch(outDir, '--report', join(folder, 'killed.json'));
    expect(run.status).toBe(7);
    expect(digestsUnder(outDir, isOutput)).toEqual(digestsUnder(undisturbed, isOutput));
    expect(facts(readReport('killed.json'))).toEqual(facts(report));
    expect(readReport('killed.json').totals.kept).toBeGreaterThan(0);
    expectNothingHalfWritten(outDir);
  },
  LONG,
);

test(
  'parallel shards upgrade every input exactly once, and together report what a single run reports',
  async () => {
    const outDir = join(folder, 'shards');
    const next = Array.from({ length: SHARDS }, (_, index) => index + 1);
    const worker = async (): Promise<void> => {
      for (let shard = next.shift(); shard !== undefined; shard = next.shift()) {
        const args = [PROGRAM, 'batch', archive, '--out-dir', outDir, '--tempdir', folder, '--jobs', '1'];
        const path = join(folder, `shard-${shard}.json`);
        const shardArgs = ['--shard', `${shard}/${SHARDS}`, '--report', path];
        const [code] = await once(spawn(process.execPath, [...args, ...shardArgs], { stdio: 'ignore' }), 'exit');
        expect([0, 7, 9]).toContain(code);
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    const reports = Array.from({ length: SHARDS }, (_, index) => readReport(`shard-${index + 1}.json`));
    const together = reports.flatMap(({ inputs }) => inputs).sort((a, b) => (a.input < b.input ? -1 : 1));
    expect(facts({ ...report, inputs: together })).toEqual(facts(report));
    expect(together.filter(({ status }) => status === 'kept')).toEqual([]);
    expect(digestsUnder(outDir, isOutput)).toEqual(digestsUnder(undisturbed, isOutput));
    expectNothingHalfWritten(outDir);
  },
  LONG,
);

test(
  'two concurrent batches into one folder share the work and both report all of it',
  async () => {
    const outDir = join(folder, 'two');
    const codes = await Promise.all(
      ['a', 'b'].map(async (name) => {
        const args = [PROGRAM, 'batch', archive, '--out-dir', outDir, '--tempdir', folder, '--jobs', '1'];
        const path = join(folder, `two-${name}.json`);
        return (await once(spawn(process.execPath, [...args, '--report', path], { stdio: 'ignore' }), 'exit'))[0];
      }),
    );
    expect(codes).toEqual([7, 7]);
    const reports = [readReport('two-a.json'), readReport('two-b.json')] as const;
    expect(reports.map(facts)).toEqual([facts(report), facts(report)]);
    expect(reports[0].totals.upgraded + reports[1].totals.upgraded).toBe(INPUTS - generated.broken.size);
    expect(digestsUnder(outDir, isOutput)).toEqual(digestsUnder(undisturbed, isOutput));
    expectNothingHalfWritten(outDir);
  },
  LONG,
);
