/** What a verification found, for people and for programs; `format` counts its shape's versions. */
import type { Finding } from '../core/findings.js';
import type { OutputFormat } from '../core/outputFormats.js';

export interface VerifiedTable {
  /** SQL name. */
  readonly table: string;
  /** Go type, the name of its file in a backup. */
  readonly type: string;
  /** Rows that a restore reads. */
  readonly rowsRestored: number;
  /** Rows behind a line that is too long: they come from the SQL to load after the restore. */
  readonly rowsBySql: number;
  /** Rows that the input leads to; null when it was not given. */
  readonly rowsExpected: number | null;
  /** Sum of the rows' digests: 32 hexadecimal digits. */
  readonly digest: string;
  /**
   * What was tried on a real database: every column, only those of the unique keys (large tables), or nothing, where ids
   * are all that has to be unique.
   */
  readonly tried: 'every column' | 'keys' | 'ids';
}

export interface VerifyReport {
  readonly reportVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  /** True when nothing speaks against the output. */
  readonly holds: boolean;
  readonly archive: {
    readonly path: string;
    readonly format: OutputFormat;
    readonly bytes: number;
    readonly target: string;
    /** Path of the SQL that was counted in; null when there is none. */
    readonly afterRestoreSql: string | null;
  };
  /** The input it was compared with; null when none was given. */
  readonly against: string | null;
  /** The engine that rows were tried on: `SQLite 3.53.4`. */
  readonly database: string;
  readonly tables: readonly VerifiedTable[];
  readonly files: {
    readonly count: number;
    /** `contents`: inflated and held against their CRC-32. `input`: compared with the input's, in an archive as they lie. */
    readonly checked: 'contents' | 'input' | 'contents and input' | 'nothing';
    /** Entries of repositories.zip; null when there is none or it was not opened. */
    readonly repositoryEntries: number | null;
  };
  /** Errors are what does not hold. Never a value of a row. */
  readonly findings: readonly Finding[];
  readonly seconds: number;
}
