/**
 * The contracts of checks; each danger has one file. A check of app.ini is a function of what the plan knows, called before
 * anything is read. A check of rows and files sees them pass, and remembers what it has seen. Both report; rows are repaired
 * only if nothing can be lost by it.
 */
import type { Notice } from '../core/findings.js';
import type { OutputFormat, TablesFormat } from '../core/outputFormats.js';
import type { Engine } from '../engines/Engine.js';
import type { FileSummary } from '../gogs/FileSummary.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import type { Facts } from '../gogs/settings/facts.js';
import type { SettingChange } from '../gogs/settings/upgradeSettings.js';
import type { RowStep } from '../gogs/stepsFor.js';
import type { Table } from '../gogs/tables.js';
import type { Names } from './Names.js';

export interface CheckContext {
  readonly target: Target;
  /** The engine of the output; undefined if unknown. */
  readonly engine: Engine | undefined;
  readonly format: OutputFormat;
  /** How the output holds the tables: `zip` for a backup that passes through `gogs restore`. */
  readonly tablesGoTo: TablesFormat;
  /** True if SQL after the restore corrects the values that a restore overwrites. */
  readonly exact: boolean;
  /** True to run the slow checks too. */
  readonly deep: boolean;
  /** Leave out rows that belong to something that no longer exists. */
  readonly dropOrphans: boolean;
  /** SQL names of the tables in the input. References to other tables cannot be checked. */
  readonly tables: ReadonlySet<string>;
  /** The settings of the app.ini in the output; undefined if there is none. */
  readonly facts: Facts | undefined;
  /** The files of the output, complete before the first row. */
  readonly files: Pick<FileSummary, 'has'>;
  /** The names of users and repositories seen so far, for naming places. */
  readonly names: Names;
  readonly notice: (notice: Notice) => void;
}

/** A file of the archive, under its name in a backup: `gogs-backup/data/avatars/1`. */
export interface ArchivedFile {
  readonly name: string;
  /** Inflated size. */
  readonly bytes: number;
}

/** An entry of repositories.zip. */
export interface RepositoryFile {
  /** `repositories/alice/app.git/hooks/update`; folders end in `/`. */
  readonly name: string;
  /** Unix permission bits; 0 if the archive has none. */
  readonly mode: number;
  readonly bytes: number;
  /** The content; only for files that should be small. */
  read(): Promise<Buffer>;
}

/** One check during one run. It sees files, rows, files again, and the end, in this order. */
export interface Check {
  /**
   * Undefined for a table that it does not check. Otherwise a step that sees each row in the target's shape: it reports, may
   * repair a value, or returns the reason for leaving the row out.
   */
  stepFor?(table: Table): RowStep | undefined;
  /** Called for every file before any row, but only by `inspect`. */
  seeFile?(file: ArchivedFile): void;
  /** The top folder of repositories.zip, when its files are not examined individually. */
  seeRepositoriesFolder?(top: string): void;
  /** Called for every entry of repositories.zip before any row, but only by `inspect`. */
  seeRepositoryFile?(file: RepositoryFile): Promise<void> | void;
  /** Called for every file again, after the last row. */
  judgeFile?(file: ArchivedFile): void;
  /** Reports what is only known at the end. */
  finish?(): void;
}

/** Starts a check for one run; undefined if there is nothing to check. */
export type StartCheck = (context: CheckContext) => Check | undefined;

export interface SettingsToCheck {
  /** The settings of the app.ini in the output. */
  readonly facts: Facts;
  readonly changes: readonly SettingChange[];
  /** The version that wrote the backup, if known. */
  readonly from: string | undefined;
  /** The release that will restore it. */
  readonly target: Target;
}

export type SettingsCheck = (settings: SettingsToCheck) => Notice[];
