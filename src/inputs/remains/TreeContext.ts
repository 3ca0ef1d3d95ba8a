/** What is needed to open the remains of a server, besides the files themselves. */
import type { TemporaryFolder } from '../../files/TemporaryFolder.js';
import type { GogsHistory } from '../../gogs/releases/foldReleases.js';
import type { RepackedFiles } from '../ArchiveFiles.js';
import type { Source } from '../Source.js';

/**
 * What an output keeps of the files: their `contents`; their `names`, sizes, modes and times, because they are examined and not
 * copied; or only app.ini (`config`).
 */
export type KeptFiles = 'contents' | 'names' | 'config';

export interface TreeContext {
  /** The input as given by the user. */
  readonly input: string;
  readonly history: GogsHistory;
  readonly temporary: TemporaryFolder;
  /** A dump of the database, if it is not among the files. */
  readonly databaseDump: string | undefined;
  /** The repositories folder, if it is not among the files. */
  readonly repositories: string | undefined;
  readonly keeps: KeptFiles;
  /** Called with the size of each packed or listed file. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
  /** Opens a file by its content. `name` is used in errors. */
  open(name: string, path: string): Promise<Source>;
  /** Opens an archive that was repacked. */
  openArchive(name: string, path: string, repacked: RepackedFiles): Promise<Source>;
  /** Opens a folder of CSV files. */
  openCsv(folder: string): Promise<Source>;
}
