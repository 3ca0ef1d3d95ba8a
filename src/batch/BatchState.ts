/**
 * The batch's own folder in the output folder: one record per output, and one lock per input in progress. Nothing is kept in
 * memory, so any number of processes, on one or many machines, can share an output folder.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { lstat, readdir, readFile, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { OutputError } from '../core/errors.js';
import { errorCode, outputError } from '../core/systemErrors.js';
import { createPrivateFile } from '../files/createPrivateFile.js';
import { digestFile } from '../files/digestFile.js';
import { isTemporaryNameOf } from '../files/fileNames.js';
import { OpenFile } from '../files/OpenFile.js';
import { makePrivateFolders } from '../files/privateFolders.js';
import { syncFolder } from '../files/syncFolder.js';
import { TemporaryFolder } from '../files/TemporaryFolder.js';
import { writeFileAtomically } from '../files/writeFileAtomically.js';
import type { BatchRecord, BegunRecord, DoneRecord } from './BatchRecord.js';
import { type LockContent, LockFile, lockedSubjects } from './LockFile.js';
import { namesOf } from './outputNames.js';
import { texts } from './texts.js';

const STATE_FOLDER = '.gogs-backup-upgrade';
/** The number of Node's threads. */
const FLUSHED_AT_ONCE = 4;

export class BatchState {
  readonly outDir: string;
  readonly #tempdir: string;
  readonly #records: string;
  readonly #locks: string;
  /** What is known of reports and manifests. */
  readonly #notes: string;

  private constructor(outDir: string, tempdir: string) {
    this.outDir = outDir;
    this.#tempdir = tempdir;
    this.#records = join(outDir, STATE_FOLDER, 'records');
    this.#locks = join(outDir, STATE_FOLDER, 'locks');
    this.#notes = join(outDir, STATE_FOLDER, 'reports');
  }

  /** Creates missing folders. */
  static async open(outDir: string, tempdir: string = tmpdir()): Promise<BatchState> {
    const state = new BatchState(outDir, tempdir);
    const own = [join(outDir, STATE_FOLDER), state.#records, state.#locks, state.#notes];
    for (const path of own) {
      if ((await lstat(path).catch(() => undefined))?.isSymbolicLink() !== true) continue;
      throw new OutputError(texts().stateIsLink({ path }));
    }
    for (const path of own) {
      try {
        makePrivateFolders(path, { flush: true });
      } catch (error) {
        throw outputError(path, error);
      }
    }
    return state;
  }

  /** `output` is relative to the output folder. */
  pathOf(output: string): string {
    return join(this.outDir, output);
  }

  /** The folder for the temporary files of a lock's owner, for which hardly any input has a use. */
  temporaryOf({ nonce }: LockContent): TemporaryFolder {
    return new TemporaryFolder(this.#tempdir, temporaryName(nonce));
  }

  /** Undefined if another process is working on this output. Removes what a dead process left behind. */
  async lock(output: string): Promise<LockFile | undefined> {
    const path = join(this.#locks, `${keyOf(output)}.lock`);
    try {
      const lock = await LockFile.acquire(path, output);
      await lock?.clearAfterDead((left) => this.#clear(left));
      return lock;
    } catch (error) {
      // Somebody may have removed the folder.
      throw outputError(path, error);
    }
  }

  /*
   * The order of flushes, for each input: the name of its record (`reserve`, once for many inputs), the content of the output
   * and its checklist, then their names in their folder. So whatever a power cut leaves at an output's name is whole, and has
   * a record. The content of records is flushed at the end of the batch (`flush`), because it can be made again. If it is lost
   * before, the output counts as unfinished; the next batch upgrades the input again, and recognizes the output by its bytes.
   */

  /** Records that these outputs are begun, unless they have a record. Their names are on disk when this returns. */
  reserve(outputs: readonly string[]): void {
    if (outputs.length === 0) return;
    for (const output of outputs) {
      const path = this.#recordPath(output);
      try {
        createPrivateFile(path, JSON.stringify(begun(output)), { flush: false });
      } catch (error) {
        if (errorCode(error) !== 'EEXIST') throw outputError(path, error);
      }
    }
    syncFolder(this.#records);
  }

  /** Undefined if there is no record. One whose content was lost in a power cut counts as begun. */
  read(output: string): BatchRecord | undefined {
    let text: string;
    try {
      text = readFileSync(this.#recordPath(output), 'utf8');
    } catch {
      return undefined;
    }
    try {
      const record = JSON.parse(text) as BatchRecord;
      return record.format === 1 && record.output === output ? record : undefined;
    } catch {
      return begun(output);
    }
  }

  /** Call it while holding the lock, once the output is on disk. */
  write(record: DoneRecord): void {
    writeFileAtomically(this.#recordPath(record.output), JSON.stringify(record), { flush: false });
  }

  /** Flushes the records of these outputs to disk, several at once: file systems then write them together. */
  async flush(outputs: readonly string[]): Promise<void> {
    const waiting = outputs.values();
    const flushWaiting = async (): Promise<void> => {
      for (const output of waiting) await flushFile(this.#recordPath(output));
    };
    await Promise.all(Array.from({ length: FLUSHED_AT_ONCE }, flushWaiting));
    if (outputs.length > 0) syncFolder(this.#records);
  }

  async forget(output: string): Promise<void> {
    await unlink(this.#recordPath(output)).catch(() => undefined);
  }

  /** Whether this file, a report or the manifest, was written by a batch into this folder. */
  async isOwn(path: string): Promise<boolean> {
    const noted = await readFile(this.#notePath(path), 'utf8').catch(() => '');
    return noted !== '' && noted.split('\n').includes(await digestFile(path));
  }

  /** Remembers a file, so that the next batch may replace it. */
  async note(path: string): Promise<void> {
    await this.#writeNote(path, [await digestFile(path)]);
  }

  /** Remembers a text before it is written, so that the file is recognized even if the process is killed. */
  async noteBefore(path: string, text: string): Promise<void> {
    const there = await digestFile(path).catch(() => undefined);
    const digest = createHash('sha256').update(text).digest('hex');
    await this.#writeNote(path, there === undefined || there === digest ? [digest] : [there, digest]);
  }

  async #writeNote(path: string, digests: readonly string[]): Promise<void> {
    writeFileAtomically(this.#notePath(path), digests.join('\n'));
  }

  #notePath(path: string): string {
    return join(this.#notes, keyOf(resolve(path)));
  }

  /** Removes what killed processes left behind, of this batch or an earlier one. */
  async sweep(): Promise<void> {
    for (const output of await lockedSubjects(this.#locks)) (await this.lock(output))?.release();
  }

  /** Removes what a killed process may have left: unfinished files under names that only the owner of the lock uses. */
  async #clear(left: LockContent): Promise<void> {
    if (!isInside(left.subject)) return;
    const output = this.pathOf(left.subject);
    await removeParts(dirname(output), namesOf(basename(output)));
    await removeParts(this.#records, [basename(this.#recordPath(left.subject))]);
    await rm(join(this.#tempdir, temporaryName(left.nonce)), { recursive: true, force: true });
  }

  #recordPath(output: string): string {
    return join(this.#records, `${keyOf(output)}.json`);
  }
}

const begun = (output: string): BegunRecord => ({ format: 1, state: 'begun', output });

const temporaryName = (nonce: string): string => `gogs-backup-upgrade-${nonce}`;

const keyOf = (output: string): string => createHash('sha256').update(output).digest('hex').slice(0, 32);

/** Does nothing if another batch has removed it. */
async function flushFile(path: string): Promise<void> {
  try {
    // Windows flushes only what can be written.
    const file = OpenFile.open(path, 'r+');
    try {
      await file.flushContent();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw outputError(path, error);
  }
}

/** Rejects paths that leave the folder: other programs may have edited records and locks. */
export const isInside = (path: string): boolean =>
  path !== '' && !path.startsWith('/') && !/^[A-Za-z]:/.test(path) && !path.split(/[\\/]/).includes('..');

/** Removes unfinished files, and unfinished folders of CSV files. */
async function removeParts(folder: string, names: readonly string[]): Promise<void> {
  for (const entry of await readdir(folder).catch(() => [])) {
    if (names.some((name) => isTemporaryNameOf(entry, name)))
      await rm(join(folder, entry), { recursive: true, force: true });
  }
}
