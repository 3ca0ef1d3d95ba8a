/** Interprets CREATE TABLE statements with SQLite itself, by executing the definitions in an in-memory database. */
import type { Database } from 'node-sqlite3-wasm';
import { errorMessage } from '../../core/systemErrors.js';
import { affinityOf } from './affinityOf.js';
import { RecordProblem } from './records.js';
import type { DefaultValue, TableShape } from './TableShape.js';
import { texts } from './texts.js';

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
      columns: stored.map((row) => {
        const [column, type] = [String(row['name']), String(row['type'])];
        const oldValue = (): DefaultValue =>
          row['value'] === null ? null : this.#valueOf(column, type, String(row['value']));
        return { name: column, isReal: affinityOf(type) === 'real', isGenerated: row['hidden'] === 3, oldValue };
      }),
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

  #valueOf(column: string, type: string, sql: string): DefaultValue {
    try {
      return this.#trying(() => {
        // In a definition, because the column's type affects how a literal is stored.
        this.#database.run(`CREATE TABLE "default" ("value" ${type} DEFAULT ${sql})`);
        this.#database.run('INSERT INTO "default" DEFAULT VALUES');
        const row = this.#database.get(
          'SELECT CASE WHEN typeof(value) = \'text\' THEN CAST(value AS BLOB) ELSE value END AS value FROM "default"',
        );
        const value = row?.['value'];
        return typeof value === 'string' || value === undefined ? null : (value as DefaultValue);
      });
    } catch (error) {
      throw new RecordProblem(texts().found.badDefault({ column, reason: errorMessage(error) }));
    }
  }

  close(): void {
    this.#database.close();
  }
}
