/** Tells by content what an input is, and opens it. */
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { InputError } from '../errors.js';
import { ZipReader } from '../formats/zip/ZipReader.js';
import { DUMP_DATABASE, METADATA } from './ArchiveFiles.js';
import { GogsBackup } from './GogsBackup.js';
import { refuseOtherPrograms } from './otherPrograms.js';
import type { Source } from './Source.js';
import { spoolStream } from './spoolStream.js';
import type { TemporaryFolder } from './TemporaryFolder.js';

/** Longest row that is read, unless more is allowed. */
export const DEFAULT_MAX_ROW_BYTES = 256 * 1024 * 1024;

export interface OpenSourceOptions {
  readonly temporary: TemporaryFolder;
  /** Longest row that is accepted. Default 256 MiB. */
  readonly maxRowBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A path, or a stream that is first kept in a temporary file: a zip's directory stands at its end. */
export async function openSource(input: string | Readable, options: OpenSourceOptions): Promise<Source> {
  const { temporary, signal } = options;
  const name = typeof input === 'string' ? input : 'standard input';
  const path = typeof input === 'string' ? input : await spoolStream(input, await temporary.newPath('input'), signal);
  const source = await openPath(name, path, options);
  try {
    refuseOtherPrograms(source);
    return source;
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function openPath(name: string, path: string, options: OpenSourceOptions): Promise<Source> {
  const { temporary, maxRowBytes = DEFAULT_MAX_ROW_BYTES, signal } = options;
  const maybeSignal = signal === undefined ? {} : { signal };
  // Each form's modules are loaded when it is met: most inputs are backups.
  if ((await lookAt(name, path)).isDirectory()) {
    const { CsvSource } = await import('./CsvSource.js');
    return CsvSource.open(name, path, maxRowBytes);
  }
  if (!(await beginsLikeZip(path))) {
    const { openSqlFile } = await import('../formats/sql/openSqlFile.js');
    const { SqlDumpSource } = await import('./SqlDumpSource.js');
    const file = await openSqlFile(path, { name, tempdir: await temporary.path(), ...maybeSignal });
    return SqlDumpSource.open({ form: 'SQL dump', input: name, file, maxRowBytes, signal });
  }
  const zip = await ZipReader.open(path, { name, ...maybeSignal });
  try {
    switch (await kindOfZip(name, zip)) {
      case 'gogs backup':
        return await GogsBackup.open(name, zip, maxRowBytes);
      case 'gogs dump': {
        const { openGogsDump } = await import('./openGogsDump.js');
        return await openGogsDump(name, zip, { temporary, maxRowBytes, signal });
      }
      case 'CSV files': {
        const { CsvSource, unpackCsvFiles } = await import('./CsvSource.js');
        const folder = await unpackCsvFiles(zip, temporary, signal);
        await zip.close();
        return await CsvSource.open(name, folder, maxRowBytes);
      }
    }
  } catch (error) {
    await zip.close();
    throw error;
  }
}

async function lookAt(name: string, path: string): Promise<Awaited<ReturnType<typeof stat>>> {
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
    const code = (error as NodeJS.ErrnoException).code;
    const found = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'permission is denied' : `${code}`;
    throw new InputError(`Cannot read ${name}: ${found}. Check the path.`, { cause: error });
  }
}

/** A local header, or the end record of an empty archive. */
async function beginsLikeZip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const magic = buffer.subarray(0, bytesRead).toString('latin1');
    return magic === 'PK\x03\x04' || magic === 'PK\x05\x06';
  } finally {
    await file.close();
  }
}

/** What dumps of programs that began as Gogs are called: cmd/dump.go in Gitea and Forgejo. */
const OTHER_DUMPS = ['gitea-db.sql', 'forgejo-db.sql'];

async function kindOfZip(name: string, zip: ZipReader): Promise<'gogs backup' | 'gogs dump' | 'CSV files'> {
  for await (const entry of zip.entries()) {
    if (entry.name === METADATA) return 'gogs backup';
    if (entry.name === DUMP_DATABASE) return 'gogs dump';
    if (OTHER_DUMPS.includes(entry.name)) {
      throw new InputError(
        `Cannot use ${name}: it is a dump of Gitea or Forgejo, whose tables are not those of Gogs any more. Restore it there.`,
      );
    }
  }
  const { isCsvName } = await import('./CsvSource.js');
  for await (const entry of zip.entries()) if (isCsvName(entry.name)) return 'CSV files';
  throw new InputError(
    `${name} is no backup of Gogs: it has no ${METADATA}. ` +
      'Give the zip that `gogs backup` or `gogs dump` wrote, unchanged, or a dump of the database.',
  );
}
