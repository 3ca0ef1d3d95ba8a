/** What opening the remains of a server takes beside the files themselves. */
import type { TemporaryFolder } from '../../files/TemporaryFolder.js';
import type { GogsHistory } from '../../gogs/releases/foldReleases.js';
import type { Source } from '../Source.js';

export interface TreeContext {
  /** The input as the user named it. */
  readonly input: string;
  readonly history: GogsHistory;
  readonly temporary: TemporaryFolder;
  /** A dump of the database, where it is not among the files. */
  readonly databaseDump: string | undefined;
  /** The folder of the repositories, where they are not among the files. */
  readonly repositories: string | undefined;
  /** False when the output keeps none: then app.ini is all that is read of them. */
  readonly keepsFiles: boolean;
  /** Bytes of files that were packed. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
  /** Opens a file that was found or made, by its content. `name` is what errors call it. */
  open(name: string, path: string): Promise<Source>;
  /** Opens a folder of CSV files. */
  openCsv(folder: string): Promise<Source>;
}
