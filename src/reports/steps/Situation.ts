/** Everything that the steps after an upgrade depend on. */
import { posix, win32 } from 'node:path';
import type { OutputFormat } from '../../core/outputFormats.js';
import { shellWord } from '../../core/shellWord.js';
import type { Command, DatabaseAccess } from '../../engines/DatabaseEngine.js';
import type { Engine } from '../../engines/Engine.js';
import type { FileSummary } from '../../gogs/FileSummary.js';
import type { ServerLayout } from '../../gogs/serverLayout.js';
import { type Facts, isWindowsPath } from '../../gogs/settings/facts.js';
import { shellOf } from '../../gogs/settings/shellOf.js';
import type { TableReport } from '../TableReport.js';

export interface Situation {
  /** Path of the archive, `-` for standard output. */
  readonly output: string;
  readonly target: string;
  /** The longest line that its restore reads. */
  readonly maxLineBytes: number;
  readonly engine: Engine | undefined;
  readonly afterRestoreSql: string | null;
  /** A backup for `gogs restore`, SQL or CSV for the database's own tools. */
  readonly format: OutputFormat;
  /** The whole database as SQL, to be loaded before anything is restored; null if the output contains the database. */
  readonly sql: string | null;
  /** The output holds only files; the database is moved separately. */
  readonly filesOnly: boolean;
  /** True if the SQL after the restore also corrects the values that a restore overwrites. */
  readonly exact: boolean;
  /** The settings of the app.ini in the output; undefined if there is none. */
  readonly facts: Facts | undefined;
  /** How the new server reaches its database, as far as app.ini tells. */
  readonly access: DatabaseAccess;
  readonly hasConfig: boolean;
  readonly files: Pick<FileSummary, 'has'>;
  /** The folder that repositories.zip unpacks to; undefined if there is none. */
  readonly repositoriesTop: string | undefined;
  readonly tables: readonly TableReport[];
  /** Path of the docker-compose.yml beside the output; null if there is none. */
  readonly composeFile: string | null;
  /** The layout of a server folder; undefined for other outputs. */
  readonly layout: ServerLayout | undefined;
}

/** A word of a command, quoted for that shell. */
export const word = (situation: Situation, text: string): string => shellWord(shellOf(situation), text);

/** The words of a command, each quoted for that shell. */
export const commandOf = (situation: Situation, words: Command): string =>
  words.map((text) => word(situation, text)).join(' ');

/** Gogs' own default if there is no app.ini: conf/app.ini@v0.13.0 */
export const databaseName = ({ facts }: Situation): string => facts?.databaseName ?? 'gogs';

export const rowsOf = ({ tables }: Situation, name: string): number =>
  tables.find(({ table }) => table === name)?.rowsOut ?? 0;

/** The archive as a word of a command. */
export const archive = (situation: Situation): string =>
  situation.output === '-' ? 'BACKUP.zip' : word(situation, situation.output);

export const folderOf = ({ output }: Situation): string => output.replace(/[/\\]+$/, '');

export const parentOf = (path: string): string => (isWindowsPath(path) ? win32.dirname(path) : posix.dirname(path));
