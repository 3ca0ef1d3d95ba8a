/** The report of a verification, for people and programs; `reportVersion` is the version of its structure. */
import type { Finding } from '../core/findings.js';
import type { OutputFormat } from '../core/outputFormats.js';

/** The result of verifying one table. */
export interface VerifiedTable {
  /** SQL name. */
  readonly table: string;
  /** Go type, which is the name of its file in a backup. */
  readonly type: string;
  /** Rows that a restore reads. */
  readonly rowsRestored: number;
  /** Rows after a line that is too long: they are restored by the SQL that is loaded afterwards. */
  readonly rowsBySql: number;
  /** Rows that an upgrade of the input would write; null if no input was given. */
  readonly rowsExpected: number | null;
  /** Sum of the digests of the rows: 32 hexadecimal digits. Null if they were compared with no others. */
  readonly digest: string | null;
  /**
   * What was tried: every column in a database, or only that no two rows have the same unique keys, or the same id if nothing
   * else has to be unique.
   */
  readonly tried: 'every column' | 'keys' | 'ids';
}

/** The report of a verification: see docs/report.md. */
export interface VerifyReport {
  readonly reportVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  /** True if no check failed. */
  readonly holds: boolean;
  readonly archive: {
    readonly path: string;
    readonly format: OutputFormat;
    readonly bytes: number;
    readonly target: string;
    /** Path of the SQL that was included; null if there is none. */
    readonly afterRestoreSql: string | null;
  };
  /** The input it was compared with; null if none was given. */
  readonly against: string | null;
  /** The engine that rows were inserted into: `SQLite 3.53.4`. Null if there was no need to. */
  readonly database: string | null;
  readonly tables: readonly VerifiedTable[];
  readonly files: {
    readonly count: number;
    /**
     * `contents`: inflated and checked against their CRC-32. `input`: compared with those of the input; in an archive, in
     * compressed form.
     */
    readonly checked: 'contents' | 'input' | 'contents and input' | 'nothing';
    /** Entries of repositories.zip; null if there is none, or if it was not opened. */
    readonly repositoryEntries: number | null;
  };
  /** Errors are failed checks. Findings never contain values of rows. */
  readonly findings: readonly Finding[];
  readonly seconds: number;
}
