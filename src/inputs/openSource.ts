/** Tells by content what an input is, and opens it. */
import { createReadStream, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { InputError, UsageError } from '../core/errors.js';
import { inputError } from '../core/systemErrors.js';
import { readFully } from '../files/readFully.js';
import { spoolStream } from '../files/spoolStream.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import { checkEncoding } from '../files/transcode.js';
import { isSqliteDatabase } from '../formats/sqlite/DatabaseHeader.js';
import { ZipReader } from '../formats/zip/ZipReader.js';
import { METADATA } from '../gogs/layout.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { GogsBackup } from './GogsBackup.js';
import { indexArchive } from './indexArchive.js';
import { refuseOtherPrograms } from './otherPrograms.js';
import type { Source } from './Source.js';

/** Longest row that is read, unless more is allowed. */
export const DEFAULT_MAX_ROW_BYTES = 256 * 1024 * 1024;

/** What tells one form of input from another lies within. */
const HEAD_BYTES = 512;

/** A row is held in one piece, and may take six times its size while it is written. */
const LARGEST_MAX_ROW_BYTES = 512 * 1024 * 1024;

export interface OpenSourceOptions {
  /** What is known of Gogs, and so of its tables. */
  readonly history: GogsHistory;
  readonly temporary: TemporaryFolder;
  /** Longest row that is accepted. Default 256 MiB. */
  readonly maxRowBytes?: number | undefined;
  /** Which database is meant, where an SQL dump holds several. */
  readonly databaseName?: string | undefined;
  /** The character set of an SQL dump or of CSV files that are not UTF-8, by a label that Node's TextDecoder knows. */
  readonly encoding?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A path, or a stream that is first kept in a temporary file: a zip's directory stands at its end. */
export async function openSource(input: string | Readable, options: OpenSourceOptions): Promise<Source> {
  const name = typeof input === 'string' ? input : 'standard input';
  const path = await pathOf(name, input, options);
  const source = await openPath(name, path, options);
  try {
    refuseIdleOptions(source, options);
    refuseOtherPrograms(source);
    return source;
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** Streams and pipes are kept in a file: a zip's directory stands at its end, and SQL is read twice. */
async function pathOf(
  name: string,
  input: string | Readable,
  { temporary, signal }: OpenSourceOptions,
): Promise<string> {
  if (typeof input !== 'string') return spoolStream(name, input, await temporary.newPath('input'), signal);
  const found = await lookAt(name, input);
  if (found.isFile() || found.isDirectory()) return input;
  if (found.isFIFO()) return spoolStream(name, createReadStream(input), await temporary.newPath('input'), signal);
  throw new InputError(`Cannot read ${name}: it is neither a file nor a folder. Copy what it holds to a file.`);
}

async function openPath(name: string, path: string, options: OpenSourceOptions): Promise<Source> {
  const { history, temporary, maxRowBytes = DEFAULT_MAX_ROW_BYTES, databaseName, encoding, signal } = options;
  refuseUnusable(maxRowBytes);
  if (encoding !== undefined) checkEncoding(encoding);
  // Each form's modules are loaded when it is met: most inputs are backups.
  if ((await lookAt(name, path)).isDirectory()) {
    const { CsvSource } = await import('./CsvSource.js');
    return CsvSource.open(name, path, { history, maxRowBytes });
  }
  const head = await readHead(path);
  if (isSqliteDatabase(head)) {
    const { SqliteSource } = await import('./SqliteSource.js');
    return SqliteSource.open({
      form: 'SQLite database',
      input: name,
      name,
      path,
      history,
      maxRowBytes,
      temporary,
      signal,
    });
  }
  if (!beginsLikeZip(head)) {
    const { openSqlFile } = await import('../formats/sql/openSqlFile.js');
    const { SqlDumpSource } = await import('./SqlDumpSource.js');
    const file = await openSqlFile(path, { name, tempdir: await temporary.path(), encoding, signal });
    const context = { history, maxRowBytes, databaseName, signal };
    return SqlDumpSource.open({ form: 'SQL dump', input: name, file, ...context });
  }
  const zip = await ZipReader.open(path, { name, signal });
  try {
    const index = await indexArchive(name, zip);
    const { metadata, dump, hasCsvFiles } = index;
    if (metadata !== undefined) return await GogsBackup.open(name, zip, { metadata, index, history, maxRowBytes });
    if (dump.database !== undefined) {
      const { openGogsDump } = await import('./openGogsDump.js');
      const { database } = dump;
      return await openGogsDump(name, zip, { ...dump, database }, { history, temporary, maxRowBytes, signal });
    }
    if (!hasCsvFiles) throw noBackup(name);
    const { CsvSource, unpackCsvFiles } = await import('./CsvSource.js');
    const folder = await unpackCsvFiles(zip, temporary, signal);
    await zip.close();
    return await CsvSource.open(name, folder, { history, maxRowBytes });
  } catch (error) {
    await zip.close();
    throw error;
  }
}

/** An option without effect is a mistake about what the input is. */
function refuseIdleOptions({ form, input }: Source, { databaseName, encoding }: OpenSourceOptions): void {
  if (databaseName !== undefined && form !== 'SQL dump') {
    throw new UsageError(`--database-name is for SQL dumps, and ${input} is another form of input: ${form}.`);
  }
  if (encoding !== undefined && form !== 'SQL dump' && form !== 'CSV files') {
    throw new UsageError(`--encoding is for SQL dumps and CSV files, and ${input} is another form of input: ${form}.`);
  }
}

function refuseUnusable(maxRowBytes: number): void {
  if (Number.isSafeInteger(maxRowBytes) && maxRowBytes >= 1 && maxRowBytes <= LARGEST_MAX_ROW_BYTES) return;
  throw new UsageError(`The longest row must be given as a number of bytes from 1 to ${LARGEST_MAX_ROW_BYTES}.`);
}

async function lookAt(name: string, path: string): Promise<Stats> {
  try {
    const found = await stat(path);
    if (found.isFile() && found.size === 0) {
      throw new InputError(
        `Cannot read ${name}: the file is empty. The backup that should have written it has failed: use an older one.`,
      );
    }
    return found;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw inputError(name, error);
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    return await readFully(file, 0, HEAD_BYTES);
  } finally {
    await file.close();
  }
}

/** A local header, or the end record of an empty archive. */
function beginsLikeZip(head: Buffer): boolean {
  const magic = head.toString('latin1', 0, 4);
  return magic === 'PK\x03\x04' || magic === 'PK\x05\x06';
}

const noBackup = (name: string): InputError =>
  new InputError(
    `${name} is no backup of Gogs: it has no ${METADATA}. ` +
      'Give the zip that `gogs backup` or `gogs dump` wrote, unchanged, or a dump of the database.',
  );
