/**
 * The contracts of checks: one file for each danger. A check of app.ini is a function of what the plan knows, called before anything is read;
 * a check of rows and files sees them pass, and keeps what it has seen. Both report; rows are repaired only where nothing can be lost by it.
 */
import type { Notice } from '../core/findings.js';
import type { OutputFormat, TablesFormat } from '../core/outputFormats.js';
import type { Engine } from '../engines/Engine.js';
import type { RowStep } from '../gogs/Migration.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import type { Facts } from '../gogs/settings/facts.js';
import type { SettingChange } from '../gogs/settings/upgradeSettings.js';
import type { Table } from '../gogs/tables.js';
import type { Names } from './Names.js';

export interface CheckContext {
  readonly target: Target;
  /** The engine the output is for; undefined when nobody said. */
  readonly engine: Engine | undefined;
  readonly format: OutputFormat;
  /** How the output holds the tables: `zip` is a backup, which goes through `gogs restore`. */
  readonly tablesGoTo: TablesFormat;
  /** True when SQL after the restore puts right what the restore overwrites. */
  readonly exact: boolean;
  /** True where time matters less than knowing: the costly checks run too. */
  readonly deep: boolean;
  /** Leave out rows that belong to something that is gone. */
  readonly dropOrphans: boolean;
  /** SQL names of the tables that the input has: nothing can be said about pointers into any other. */
  readonly tables: ReadonlySet<string>;
  /** What app.ini says, as it goes into the output; undefined when there is none. */
  readonly facts: Facts | undefined;
  /** What people call the users and repositories that have passed: for places. */
  readonly names: Names;
  readonly notice: (notice: Notice) => void;
}

/** A file of the archive, under the name it has in a backup: `gogs-backup/data/avatars/1`. */
export interface ArchivedFile {
  readonly name: string;
  /** Bytes once inflated. */
  readonly bytes: number;
}

/** An entry of repositories.zip. */
export interface RepositoryFile {
  /** `repositories/alice/app.git/hooks/update`; folders end in `/`. */
  readonly name: string;
  /** Unix permission bits, 0 where the archive has none. */
  readonly mode: number;
  readonly bytes: number;
  /** The content; for files that are small by nature. */
  read(): Promise<Buffer>;
}

/** One check during one run. It is told of files, rows, files again, and the end, in this order. */
export interface Check {
  /**
   * Undefined for a table that it has nothing to say about. Otherwise a step that sees each row once it has the target's
   * shape: it reports, may mend a value, or leaves the row out by giving the reason.
   */
  stepFor?(table: Table): RowStep | undefined;
  /** Every file, before any row. Only where files are looked at: `inspect`. */
  seeFile?(file: ArchivedFile): void;
  /** The top folder of repositories.zip, where its files are not looked at one by one. */
  seeRepositoriesFolder?(top: string): void;
  /** Every entry of repositories.zip, before any row. Only where it is opened: `inspect`. */
  seeRepositoryFile?(file: RepositoryFile): Promise<void> | void;
  /** Every file again, after the last row. */
  judgeFile?(file: ArchivedFile): void;
  /** Says what can only be said at the end. */
  finish?(): void;
}

/** Starts a check for one run; undefined when it has nothing to look for there. */
export type StartCheck = (context: CheckContext) => Check | undefined;

export interface SettingsToCheck {
  /** Of app.ini as it goes into the output. */
  readonly facts: Facts;
  readonly changes: readonly SettingChange[];
  /** The version that wrote the backup, if known. */
  readonly from: string | undefined;
  /** The release that is to restore it. */
  readonly target: Target;
}

export type SettingsCheck = (settings: SettingsToCheck) => Notice[];
