/** Opens the zip of `gogs dump` (up to 0.10.1): an SQL dump by xorm, repositories, custom and data. */
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import { spoolSqlStream } from '../formats/sql/opening/openSqlFile.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';
import { DUMP_CONFIG, DUMP_DATABASE, DUMP_REPOSITORIES, REPOSITORIES, ROOT } from '../gogs/layout.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { type ArchiveFiles, type RepackedFiles, readIniFile } from './ArchiveFiles.js';
import { SqlDumpSource } from './SqlDumpSource.js';
import { texts } from './texts.js';

export interface OpenDumpOptions {
  readonly repacked?: RepackedFiles | undefined;
  readonly history: GogsHistory;
  readonly temporary: TemporaryFolder;
  readonly maxRowBytes: number;
  readonly signal: AbortSignal | undefined;
}

export interface GogsDumpParts {
  readonly database: ZipEntry;
  readonly config: ZipEntry | undefined;
  readonly repositories: ZipEntry | undefined;
}

/** Takes ownership of the zip: closing the source closes it. */
export async function openGogsDump(
  input: string,
  zip: ZipReader,
  { database, config, repositories }: GogsDumpParts,
  options: OpenDumpOptions,
): Promise<SqlDumpSource> {
  const { repacked, history, temporary, maxRowBytes, signal } = options;
  const files: ArchiveFiles = {
    zip,
    metadata: undefined,
    config: config && (await readIniFile(zip, config)),
    repositories,
    ...repacked?.files,
    nameOf: ({ name }) => newName(name),
  };
  const file = await spoolSqlStream(zip.openStream(database, signal), {
    tempdir: await temporary.path(),
    name: texts().inArchive({ name: DUMP_DATABASE, archive: input }),
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
    filesBytes: repacked?.bytes ?? zip.size,
    close: () => zip.close(),
  });
}

/** The name in a backup; undefined for logs, which have no place there. */
function newName(name: string): string | undefined {
  if (name === DUMP_DATABASE || name === DUMP_CONFIG || name.startsWith('log/')) return undefined;
  return name === DUMP_REPOSITORIES ? REPOSITORIES : ROOT + name;
}
