/**
 * Handles one input of a batch under its lock: keeps the output if it is done and intact, otherwise upgrades the input and
 * records it.
 */
import { createHash } from 'node:crypto';
import { lstatSync, statSync } from 'node:fs';
import { readdir, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { InputError, OutputError, UserFacingError } from '../core/errors.js';
import type { Progress } from '../core/ProgressMeter.js';
import { inputError, outputError } from '../core/systemErrors.js';
import { TOOL } from '../core/tool.js';
import { checklistPath } from '../files/companionPaths.js';
import { digestFile, digestShape } from '../files/digestFile.js';
import { makePrivateFolders } from '../files/privateFolders.js';
import { linkStatOf, statOf } from '../files/statOf.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import { treeState } from '../files/treeState.js';
import { DEFAULT_TARGET } from '../gogs/gogsHistory.js';
import type { UpgradeSummary, WrittenFile } from '../reports/BatchReport.js';
import type { UpgradeReport } from '../reports/UpgradeReport.js';
import { upgradeAndVerify, upgradeWithin } from '../verify/upgradeAndVerify.js';
import type { DoneRecord, InputMarks } from './BatchRecord.js';
import { type BatchState, isInside } from './BatchState.js';
import type { BatchUpgradeOptions, Outcome, WorkerSettings } from './messages.js';
import { type NamedInput, namesOf, sqlNameOf } from './outputNames.js';
import { texts } from './texts.js';

export interface UpgradeInputOptions extends Pick<WorkerSettings, 'force' | 'upgrade'> {
  readonly state: BatchState;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Never rejects: any error becomes the outcome of this input. */
export async function upgradeInput(input: NamedInput, options: UpgradeInputOptions): Promise<Outcome> {
  const started = performance.now();
  try {
    const lock = await options.state.lock(input.output);
    if (lock === undefined) return { status: 'locked' };
    const temporary = options.state.temporaryOf(lock.content);
    try {
      const kept = await findDone(input, options);
      if (kept !== undefined) return { status: 'kept', record: kept };
      return { status: 'upgraded', record: await upgradeAndRecord(input, options, temporary, started) };
    } finally {
      await temporary.remove();
      lock.release();
    }
  } catch (error) {
    if (options.signal.aborted) return { status: 'aborted' };
    return { status: 'failed', failure: failureOf(error), seconds: secondsSince(started) };
  }
}

/** The record of an earlier run, if the input and all files of the output are unchanged. */
async function findDone(input: NamedInput, options: UpgradeInputOptions): Promise<DoneRecord | undefined> {
  const { state, signal } = options;
  const record = state.read(input.output);
  if (record?.state !== 'done' || record.conditions !== conditionsOf(options.upgrade)) return undefined;
  const marks = await marksOf(input.path, signal);
  const unchanged = sameMarks(marks, record.input);
  if (!unchanged && (await digestFile(input.path, signal)) !== record.input.sha256) return undefined;
  for (const { path, bytes, sha256 } of record.files) {
    if (!isInside(path)) return undefined;
    const there = linkStatOf(state.pathOf(path));
    if (there === undefined || (there.isFile() && there.size !== bytes)) return undefined;
    if ((await digestFile(state.pathOf(path), signal)) !== sha256) return undefined;
  }
  if (!isThere(state.pathOf(input.output))) return undefined;
  if ((await digestShape(state.pathOf(input.output), signal)) !== record.shape) return undefined;
  if (unchanged) return record;
  const renewed = { ...record, input: { ...marks, sha256: record.input.sha256 } };
  state.write(renewed);
  return renewed;
}

async function upgradeAndRecord(
  input: NamedInput,
  options: UpgradeInputOptions,
  temporary: TemporaryFolder,
  started: number,
): Promise<DoneRecord> {
  const { state, force, signal, onProgress } = options;
  const { output } = input;
  const path = state.pathOf(output);
  const before = await marksOf(input.path, signal);
  const record = state.read(output);
  if (record === undefined) {
    if (!force && isThere(path)) throw notOurs(path);
    state.reserve([output]);
  }
  try {
    makeFolder(dirname(path));
    // Files that appear from here on belong to another program and are kept.
    const replace = force || record?.state === 'done' || (await isOwnLeftover(input, options, temporary));
    if (replace && record !== undefined) await makeRoom(path);
    const { withSql = false, ...rest } = options.upgrade;
    const sqlPath = withSql ? sqlNameOf(path) : undefined;
    const report = await upgradeWithin(temporary, input.path, path, {
      ...rest,
      sql: sqlPath,
      force: replace,
      signal,
      onProgress,
    });
    const { afterRestoreSql, nextSteps } = report.output;
    const written = [path, sqlPath, afterRestoreSql, nextSteps].filter((file) => typeof file === 'string');
    const files = await describeFiles(written, state, signal);
    const sha256 = await digestFile(input.path, signal);
    if (!sameMarks(before, await marksOf(input.path, signal))) {
      throw new InputError(texts().changed({ input: input.path }));
    }
    const done: DoneRecord = {
      format: 1,
      state: 'done',
      output,
      conditions: conditionsOf(options.upgrade),
      input: { ...before, sha256 },
      files,
      shape: await digestShape(path, signal),
      summary: summarize(report),
      seconds: secondsSince(started),
    };
    state.write(done);
    if (record?.state === 'done') await removeOutdated(record, done, state);
    return done;
  } catch (error) {
    // Nothing existed before and nothing exists now, so the name is free again.
    if (record?.state !== 'done' && !isThere(path)) await state.forget(output);
    throw error;
  }
}

/**
 * Whether the files at the output's names were written by a batch that was killed before it could record them: they have the
 * same bytes as a new upgrade of this input. Throws OutputError for any other files. False if there are none.
 */
async function isOwnLeftover(
  input: NamedInput,
  options: UpgradeInputOptions,
  temporary: TemporaryFolder,
): Promise<boolean> {
  const { state, signal } = options;
  const path = state.pathOf(input.output);
  const names = namesOf(path);
  const there = names.map(isThere);
  if (!there.includes(true)) return false;
  const { withSql = false, ...rest } = options.upgrade;
  const tempdir = await temporary.path();
  const folder = join(tempdir, 'again');
  makeFolder(folder);
  const again = join(folder, basename(input.output));
  await upgradeAndVerify(input.path, again, {
    ...rest,
    // A server folder names its own place: in its hooks and in app.ini.
    ...(rest.format === 'files' ? { installPath: rest.installPath ?? path } : {}),
    sql: withSql ? sqlNameOf(again) : undefined,
    tempdir,
    signal,
  });
  for (const [index, name] of namesOf(again).entries()) {
    const found = names[index];
    if (found === undefined || there[index] !== true) continue;
    // The checklist names the output, so compare it last.
    const isOurs =
      found === checklistPath(path)
        ? there[0] === true
        : isThere(name) && (await digestFile(name, signal)) === (await digestFile(found, signal));
    if (!isOurs) throw notOurs(found);
  }
  return true;
}

/** Everything the output depends on besides its input. */
function conditionsOf(options: BatchUpgradeOptions): string {
  const given = Object.entries({ ...options, to: options.to ?? DEFAULT_TARGET, withSql: options.withSql ?? false });
  const sorted = given.filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([TOOL.version, sorted]))
    .digest('hex')
    .slice(0, 32);
}

async function marksOf(path: string, signal: AbortSignal): Promise<InputMarks> {
  try {
    const found = statSync(path, { bigint: true });
    const { size, mtimeNs, ctimeNs, ino } = found;
    if (found.isDirectory()) {
      // The attributes of a folder do not reflect changes deep inside it.
      const { bytes, digest } = await treeState(path, signal);
      return { bytes, modified: digest, changed: '', inode: String(ino) };
    }
    return { bytes: Number(size), modified: String(mtimeNs), changed: String(ctimeNs), inode: String(ino) };
  } catch (error) {
    throw inputError(path, error);
  }
}

const sameMarks = (a: InputMarks, b: InputMarks): boolean =>
  a.bytes === b.bytes && a.modified === b.modified && a.changed === b.changed && a.inode === b.inode;

function makeFolder(folder: string): void {
  try {
    makePrivateFolders(folder, { flush: true });
  } catch (error) {
    throw outputError(folder, error);
  }
}

/** A folder of CSV files cannot be replaced in one step like a file, so an earlier one of ours is removed first. */
async function makeRoom(path: string): Promise<void> {
  const there = statOf(path);
  if (there?.isDirectory()) await rm(path, { recursive: true, force: true });
}

/** Folders are described by their files. */
async function describeFiles(paths: readonly string[], state: BatchState, signal: AbortSignal): Promise<WrittenFile[]> {
  const files: WrittenFile[] = [];
  for (const path of paths) {
    const found = lstatSync(path);
    if (found.isDirectory()) {
      const inside = (await readdir(path)).sort().map((name) => join(path, name));
      files.push(...(await describeFiles(inside, state, signal)));
    } else if (found.isFile()) {
      const name = relative(state.outDir, path).replaceAll(sep, '/');
      files.push({ path: name, bytes: found.size, sha256: await digestFile(path, signal) });
    }
  }
  return files;
}

/** Removes files that the earlier upgrade wrote and this one did not, such as rows to load after a restore. */
async function removeOutdated(before: DoneRecord, now: DoneRecord, state: BatchState): Promise<void> {
  const current = new Set(now.files.map(({ path }) => path));
  const outdated = before.files.filter(({ path }) => !current.has(path) && namesOf(now.output).includes(path));
  for (const { path } of outdated) await unlink(state.pathOf(path)).catch(() => undefined);
}

function summarize({ input, output, tables, settings, ready, findings }: UpgradeReport): UpgradeSummary {
  const { form, gogsVersion, schemaVersion } = input;
  return {
    form,
    gogsVersion,
    schemaVersion,
    target: output.target,
    isAtTarget: input.isAtTarget,
    rowsIn: tables.reduce((sum, { rowsIn }) => sum + rowsIn, 0),
    rowsOut: tables.reduce((sum, { rowsOut }) => sum + rowsOut, 0),
    changes: [
      ...tables.flatMap(({ type, changes, leftOut }) => [
        ...changes.map((change) => texts().change({ table: type, change })),
        ...Object.entries(leftOut).map(([reason, count]) => texts().leftOut({ table: type, count, reason })),
      ]),
      ...(settings.length === 0 ? [] : [texts().settings({ count: settings.length })]),
    ],
    ready,
    findings: findings.map(({ code, severity, title, needsHand, count }) => ({
      code,
      severity,
      title,
      needsHand,
      count,
    })),
  };
}

function failureOf(error: unknown): Extract<Outcome, { status: 'failed' }>['failure'] {
  if (error instanceof UserFacingError) return { kind: error.name, message: error.message };
  return { kind: 'Bug', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

const notOurs = (path: string): OutputError => new OutputError(texts().outputExists({ path }));

const isThere = (path: string): boolean => statOf(path) !== undefined;

const secondsSince = (started: number): number => Math.round(performance.now() - started) / 1000;
