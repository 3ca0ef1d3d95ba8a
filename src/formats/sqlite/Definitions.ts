/** Interprets CREATE TABLE statements with SQLite itself, by executing the definitions in an in-memory database. */
import type { Database } from 'node-sqlite3-wasm';
import { errorMessage } from '../../core/systemErrors.js';
import { RecordProblem } from './records.js';
import { texts } from './texts.js';

export interface SqliteColumn {
  readonly name: string;
  /** As declared; may be empty. */
  readonly type: string;
  /** Whole numbers are stored as integers, so 3 means 3.0. */
  readonly isReal: boolean;
  /** Computed from other columns, and stored. */
  readonly isGenerated: boolean;
  /** The value in rows from before the column was added, as an SQL expression. */
  readonly defaultValue: string | undefined;
}

export interface TableShape {
  /** The stored columns, in the order of a record. */
  readonly columns: readonly SqliteColumn[];
  /** Index in `columns` of the column that is an alias of the row id and is not stored. */
  readonly rowIdColumn: number | undefined;
}

/** The value of a column's DEFAULT. */
export type DefaultValue = number | bigint | Uint8Array | null;

export class Definitions {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  static async open(): Promise<Definitions> {
    // The package is CommonJS, so its names are on the default export.
    const { default: sqlite } = await import('node-sqlite3-wasm');
    return new Definitions(new sqlite.Database(':memory:'));
  }

  /** Undefined for a table without row ids. A string is the reason why the definition cannot be understood. */
  shapeOf(name: string, sql: string): TableShape | undefined | string {
    // The definition comes from the file, so only its first statement is executed, and it must list columns.
    if (!/^CREATE TABLE\s/i.test(sql) || /\bAS\s+(?:SELECT|WITH|VALUES)\b/i.test(sql)) return texts().noColumnList;
    try {
      return this.#trying(() => {
        this.#database.run(sql);
        return this.#describe(name);
      });
    } catch (error) {
      return errorMessage(error);
    }
  }

  #describe(name: string): TableShape | undefined {
    const [table] = this.#database.all('SELECT wr FROM pragma_table_list(?)', [name]);
    if (table === undefined) throw new Error(texts().definesAnother);
    if (table['wr'] === 1) return undefined;
    const rows = this.#database.all(
      'SELECT name, type, pk, hidden, CAST(dflt_value AS TEXT) AS value FROM pragma_table_xinfo(?)',
      [name],
    );
    // Virtual generated columns are computed, not stored.
    const stored = rows.filter(({ hidden }) => hidden !== 2);
    return {
      columns: stored.map((row) => ({
        name: String(row['name']),
        type: String(row['type']),
        isReal: hasRealAffinity(String(row['type'])),
        isGenerated: row['hidden'] === 3,
        defaultValue: row['value'] === null ? undefined : String(row['value']),
      })),
      rowIdColumn: this.#rowIdColumn(name, stored),
    };
  }

  /** Afterwards the database is empty again. */
  #trying<T>(ask: () => T): T {
    this.#database.exec('BEGIN');
    try {
      return ask();
    } finally {
      this.#database.exec('ROLLBACK');
    }
  }

  /** A single primary key of type INTEGER is an alias of the row id, and so needs no index. */
  #rowIdColumn(name: string, columns: readonly Record<string, unknown>[]): number | undefined {
    const keys = columns.flatMap(({ pk, type }, index) => (pk === 0 ? [] : [{ index, type: String(type) }]));
    const [key] = keys;
    if (key === undefined || keys.length > 1 || key.type.toUpperCase() !== 'INTEGER') return undefined;
    const indexes = this.#database.all("SELECT 1 AS found FROM pragma_index_list(?) WHERE origin = 'pk'", [name]);
    return indexes.length === 0 ? key.index : undefined;
  }

  /** The value in rows from before a column was added. Throws RecordProblem if it is not a constant. */
  valueOf({ name, type, defaultValue }: SqliteColumn): DefaultValue {
    if (defaultValue === undefined) return null;
    try {
      return this.#trying(() => {
        // In a definition, because the column's type affects how a literal is stored.
        this.#database.run(`CREATE TABLE "default" ("value" ${type} DEFAULT ${defaultValue})`);
        this.#database.run('INSERT INTO "default" DEFAULT VALUES');
        const row = this.#database.get(
          'SELECT CASE WHEN typeof(value) = \'text\' THEN CAST(value AS BLOB) ELSE value END AS value FROM "default"',
        );
        const value = row?.['value'];
        return typeof value === 'string' || value === undefined ? null : (value as DefaultValue);
      });
    } catch (error) {
      throw new RecordProblem(texts().found.badDefault({ column: name, reason: errorMessage(error) }));
    }
  }

  close(): void {
    this.#database.close();
  }
}

/** https://www.sqlite.org/datatype3.html, section 3.1 */
function hasRealAffinity(type: string): boolean {
  return /REAL|FLOA|DOUB/i.test(type) && !/INT|CHAR|CLOB|TEXT|BLOB/i.test(type);
}
