/** Opens the zip of `gogs dump` (up to 0.10.1): an SQL dump by xorm, repositories, custom and data. */
import { InputError } from '../core/errors.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import { spoolSqlStream } from '../formats/sql/openSqlFile.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';
import { DUMP_DATABASE, MAX_CONFIG_BYTES, REPOSITORIES, ROOT } from '../gogs/layout.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import type { ArchiveFiles, CarriedFile } from './ArchiveFiles.js';
import { SqlDumpSource } from './SqlDumpSource.js';

/** Names in the zip: cmd/dump.go@v0.9.141 */
const DUMP_REPOSITORIES = 'gogs-repo.zip';
const DUMP_CONFIG = 'custom/conf/app.ini';

export interface OpenDumpOptions {
  readonly history: GogsHistory;
  readonly temporary: TemporaryFolder;
  readonly maxRowBytes: number;
  readonly signal: AbortSignal | undefined;
}

/** Takes the zip over: closing the source closes it. */
export async function openGogsDump(input: string, zip: ZipReader, options: OpenDumpOptions): Promise<SqlDumpSource> {
  const { history, temporary, maxRowBytes, signal } = options;
  let database: ZipEntry | undefined;
  let config: ZipEntry | undefined;
  for await (const entry of zip.entries()) {
    if (entry.name === DUMP_DATABASE) database = entry;
    if (entry.name === DUMP_CONFIG) config = entry;
  }
  if (database === undefined) throw new InputError(`Cannot use ${input}: it has no ${DUMP_DATABASE}.`);
  const files: ArchiveFiles = {
    zip,
    metadata: undefined,
    config: config && { entry: config, content: await zip.readBuffer(config, MAX_CONFIG_BYTES) },
    isCarried: undefined,
    carried: () => carriedFiles(zip),
  };
  const file = await spoolSqlStream(await zip.openStream(database, signal), {
    tempdir: await temporary.path(),
    name: `${DUMP_DATABASE} in ${input}`,
    signal,
  });
  return SqlDumpSource.open({
    form: 'gogs dump',
    input,
    file,
    files,
    history,
    maxRowBytes,
    signal,
    filesBytes: zip.size,
    close: () => zip.close(),
  });
}

async function* carriedFiles(zip: ZipReader): AsyncGenerator<CarriedFile> {
  for await (const entry of zip.entries()) {
    const name = newName(entry.name);
    if (name !== undefined) yield { entry, name };
  }
}

/** Undefined for what a backup has no place for: logs. */
function newName(name: string): string | undefined {
  if (name === DUMP_DATABASE || name === DUMP_CONFIG || name.startsWith('log/')) return undefined;
  return name === DUMP_REPOSITORIES ? REPOSITORIES : ROOT + name;
}
