/** Recognizes the form of an input by its content, and opens it. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { InputError, UsageError } from '../core/errors.js';
import type { Notice } from '../core/findings.js';
import { type Progress, ProgressMeter } from '../core/ProgressMeter.js';
import { formName } from '../core/SourceForm.js';
import type { FileTree } from '../files/FileTree.js';
import { OpenFile } from '../files/OpenFile.js';
import { readFully } from '../files/readFully.js';
import { spoolStream } from '../files/spoolStream.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import { checkEncoding } from '../files/TranscodeToUtf8.js';
import { type Compression, compressionOf } from '../formats/compression/compressionOf.js';
import { isSqliteDatabase } from '../formats/sqlite/DatabaseHeader.js';
import { isTar } from '../formats/tar/isTar.js';
import { ZipReader } from '../formats/zip/ZipReader.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { VOLUME } from '../gogs/serverLayout.js';
import type { RepackedFiles } from './ArchiveFiles.js';
import { GogsBackup } from './GogsBackup.js';
import type { InputOptions, ReadingOptions } from './InputOptions.js';
import { indexArchive } from './indexArchive.js';
import { type LocalInput, localInput, statInput } from './localInput.js';
import { refuseStrangers } from './refuseStrangers.js';
import type { KeptFiles } from './remains/TreeContext.js';
import type { Source } from './Source.js';
import { texts } from './texts.js';
import { zipNotice } from './zipNotice.js';

/** The longest accepted row, unless the user allows more. */
const DEFAULT_MAX_ROW_BYTES = 256 * 1024 * 1024;

/** Enough to recognize each form of input. */
const HEAD_BYTES = 512;
const CHUNK_BYTES = 256 * 1024;

/** A row is held in one piece, and may take six times its size while it is written. */
const LARGEST_MAX_ROW_BYTES = 512 * 1024 * 1024;

export interface OpenSourceOptions extends InputOptions, ReadingOptions {
  /** The known releases of Gogs and their tables. */
  readonly history: GogsHistory;
  /** What the output keeps of the files of a folder. Default `contents`. */
  readonly keeps?: KeptFiles | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Only the files are wanted: a backup may lack its database. */
  readonly filesOnly?: boolean | undefined;
  readonly temporary: TemporaryFolder;
  /** Called with findings while the input is opened and read; those known once it is open are in `Source.notices`. */
  readonly notice: (notice: Notice) => void;
}

/** Throws InputError and VersionError for an unusable input, UsageError for options that do not apply to it. */
export async function openSource(input: string | Readable, options: OpenSourceOptions): Promise<Source> {
  return openLocal(await localInput(input, options), options);
}

/** Like `openSource`, for a local file or folder. */
export async function openLocal(input: LocalInput, options: OpenSourceOptions): Promise<Source> {
  const source = await openPath(input, { ...options, depth: 0 });
  try {
    refuseIdleOptions(source, options);
    await refuseStrangers(source, { history: options.history, filesOnly: options.filesOnly ?? false });
    return source;
  } catch (error) {
    await source.close();
    throw error;
  }
}

interface NestedOptions extends OpenSourceOptions {
  /** The number of enclosing archives. */
  readonly depth: number;
}

const within = (options: NestedOptions): NestedOptions => ({ ...options, depth: options.depth + 1 });

async function openPath(input: LocalInput, options: NestedOptions): Promise<Source> {
  const { name, path } = input;
  const { history, temporary, maxRowBytes = DEFAULT_MAX_ROW_BYTES, databaseName, encoding, signal } = options;
  refuseUnusable(maxRowBytes);
  if (encoding !== undefined) checkEncoding(encoding);
  // The modules of each form are loaded on demand: most inputs are backups.
  if ((await statInput(name, path)).isDirectory()) {
    const { FolderTree } = await import('../files/FolderTree.js');
    return openTree(await FolderTree.open(path, name, VOLUME), options);
  }
  const head = await readHead(path);
  if (beginsLikeZip(head)) return openZip(input, options);
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
  const compression = compressionOf(head);
  if (compression !== undefined) return openCompressed(input, compression, options);
  if (isTar(head)) {
    const { TarTree } = await import('../formats/tar/TarTree.js');
    const open = (): AsyncIterable<Buffer> => createReadStream(path, { highWaterMark: CHUNK_BYTES });
    return openTree(new TarTree(name, open, VOLUME), options);
  }
  if (head.toString('latin1', 0, 5) === 'PGDMP') {
    const { restorePgDump } = await import('../formats/sql/opening/restorePgDump.js');
    const script = await temporary.newPath('dump.sql');
    await restorePgDump(name, path, script, signal);
    return openPath({ name, path: script }, within(options));
  }
  if (await endsLikeZip(path)) return openZip(input, options);
  const { openSqlFile } = await import('../formats/sql/opening/openSqlFile.js');
  const { SqlDumpSource } = await import('./SqlDumpSource.js');
  const file = await openSqlFile(path, { name, tempdir: await temporary.path(), encoding, signal });
  const context = { history, maxRowBytes, databaseName, signal };
  return SqlDumpSource.open({ form: 'SQL dump', input: name, file, ...context });
}

/** `repacked`: what differs from the original archive, if this one was made of its files. */
async function openZip({ name, path }: LocalInput, options: NestedOptions, repacked?: RepackedFiles): Promise<Source> {
  const { history, temporary, maxRowBytes = DEFAULT_MAX_ROW_BYTES, notice, signal } = options;
  const zip = await ZipReader.open(path, { name, signal, onWarning: zipNotice(notice) });
  try {
    const index = indexArchive(name, zip);
    const { metadata, dump } = index;
    if (metadata !== undefined)
      return await GogsBackup.open(name, zip, { metadata, index, repacked, history, maxRowBytes });
    if (dump.database !== undefined) {
      const { openGogsDump } = await import('./openGogsDump.js');
      const { database } = dump;
      return await openGogsDump(
        name,
        zip,
        { ...dump, database },
        {
          repacked,
          history,
          temporary,
          maxRowBytes,
          signal,
        },
      );
    }
    const { ZipTree } = await import('../formats/zip/ZipTree.js');
    // The contents are copied out of the zip.
    const source = await openTree(new ZipTree(zip), options);
    await zip.close();
    return source;
  } catch (error) {
    await zip.close();
    throw error;
  }
}

/** An option without effect shows a wrong assumption about the input, so it is an error. */
function refuseIdleOptions({ form, input }: Source, options: OpenSourceOptions): void {
  const { databaseName, encoding, databaseDump, repositories } = options;
  if (form !== 'Gogs folder' && (databaseDump !== undefined || repositories !== undefined)) {
    throw new UsageError(texts().folderOptions({ input, form: formName(form) }));
  }
  if (databaseName !== undefined && form !== 'SQL dump' && form !== 'Gogs folder') {
    throw new UsageError(texts().databaseNameOption({ input, form: formName(form) }));
  }
  if (encoding !== undefined && form !== 'SQL dump' && form !== 'CSV files' && form !== 'Gogs folder') {
    throw new UsageError(texts().encodingOption({ input, form: formName(form) }));
  }
}

/** A tar is decompressed again for each pass; everything else is decompressed once. */
async function openCompressed(
  { name, path }: LocalInput,
  compression: Compression,
  options: NestedOptions,
): Promise<Source> {
  const { temporary, signal } = options;
  const { decompress } = await import('../formats/compression/decompress.js');
  const unpacked = (): AsyncGenerator<Buffer, void, void> =>
    decompress(createReadStream(path, { highWaterMark: CHUNK_BYTES }), compression, { name, signal });
  if (isTar(await headOf(unpacked()))) {
    const { TarTree } = await import('../formats/tar/TarTree.js');
    return openTree(new TarTree(name, unpacked, VOLUME), options);
  }
  refuseNesting(name, options.depth);
  const target = await temporary.newPath('unpacked');
  await spoolStream(name, Readable.from(unpacked()), target, signal);
  return openPath({ name, path: target }, within(options));
}

async function openTree(tree: FileTree, options: NestedOptions): Promise<Source> {
  const { history, temporary, maxRowBytes = DEFAULT_MAX_ROW_BYTES, databaseDump, repositories, signal } = options;
  refuseNesting(tree.name, options.depth);
  const { keeps = 'contents', onProgress } = options;
  const progress = new ProgressMeter(Number.POSITIVE_INFINITY, onProgress);
  const { openTree: open } = await import('./remains/openTree.js');
  return open(tree, {
    input: tree.name,
    history,
    temporary,
    databaseDump,
    repositories,
    keeps,
    signal,
    onBytes: (bytes) => progress.add('files', bytes),
    // These options do not apply to the contents of an archive.
    open: (name, path) =>
      openPath({ name, path }, { ...within(options), databaseDump: undefined, repositories: undefined }),
    openArchive: (name, path, repacked) => openZip({ name, path }, within(options), repacked),
    openCsv: async (folder) => {
      const { CsvSource } = await import('./CsvSource.js');
      return CsvSource.open(tree.name, folder, { history, maxRowBytes, encoding: options.encoding, temporary, signal });
    },
  });
}

/** More levels than any real input. */
const DEEPEST = 5;

function refuseNesting(name: string, depth: number): void {
  if (depth < DEEPEST) return;
  throw new InputError(texts().nested({ name, depth }));
}

async function headOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= HEAD_BYTES) break;
  }
  return head;
}

function refuseUnusable(maxRowBytes: number): void {
  if (Number.isSafeInteger(maxRowBytes) && maxRowBytes >= 1 && maxRowBytes <= LARGEST_MAX_ROW_BYTES) return;
  throw new UsageError(texts().maxRowBytes({ most: LARGEST_MAX_ROW_BYTES }));
}

async function readHead(path: string): Promise<Buffer> {
  const file = OpenFile.openToRead(path);
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    return head.subarray(0, await file.readAt(head, 0));
  } finally {
    await file.close();
  }
}

/**
 * True for a zip with other bytes in front of it, such as a self-extracting program or the last part of a split archive: its
 * end record is found at the end.
 */
async function endsLikeZip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = await readFully(file, Math.max(0, size - MOST_END_BYTES), size);
    const at = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
    return at !== -1 && at + END_BYTES <= tail.length && at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length;
  } finally {
    await file.close();
  }
}

/** Length of an end record without its comment and with the longest one: APPNOTE.TXT, section 4.3.16. */
const END_BYTES = 22;
const MOST_END_BYTES = END_BYTES + 0xffff;

/** A local header, or the end record of an empty archive. */
function beginsLikeZip(head: Buffer): boolean {
  const magic = head.toString('latin1', 0, 4);
  return magic === 'PK\x03\x04' || magic === 'PK\x05\x06';
}
