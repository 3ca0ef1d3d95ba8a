/** What is needed to open the remains of a server, besides the files themselves. */
import type { TemporaryFolder } from '../../files/TemporaryFolder.js';
import type { GogsHistory } from '../../gogs/releases/foldReleases.js';
import type { Source } from '../Source.js';

export interface TreeContext {
  /** The input as given by the user. */
  readonly input: string;
  readonly history: GogsHistory;
  readonly temporary: TemporaryFolder;
  /** A dump of the database, if it is not among the files. */
  readonly databaseDump: string | undefined;
  /** The repositories folder, if it is not among the files. */
  readonly repositories: string | undefined;
  /** False if the output keeps no files: only app.ini is then read. */
  readonly keepsFiles: boolean;
  /** Called with the number of bytes of each packed file. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
  /** Opens a file by its content. `name` is used in errors. */
  open(name: string, path: string): Promise<Source>;
  /** Opens a folder of CSV files. */
  openCsv(folder: string): Promise<Source>;
}
