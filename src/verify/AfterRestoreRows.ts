/**
 * The rows that `OUT.after-restore.sql` brings: those that no restore reads. They are few, or at least each of them is
 * larger than 64 KiB, so that their digests fit into memory.
 */
import { access } from 'node:fs/promises';
import { Row, type RowConsumer } from '../core/rows.js';
import { indexSqlDump } from '../formats/sql/indexSqlDump.js';
import { readSqlRows } from '../formats/sql/readSqlRows.js';
import type { Engine } from '../gogs/engines.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import { membersOf, shaperOf } from '../gogs/restore/restoreShape.js';
import type { Table } from '../gogs/tables.js';
import { columnsInRelease, RowDigester } from './RowDigester.js';

/** The rows go through temporary tables of these names: src/outputs/AfterRestoreSql.ts */
const STAGE_PREFIX = 'gogs_backup_upgrade_missing_';

export class AfterRestoreRows {
  /** Table and digest → how many rows are left to be found. */
  readonly #rows = new Map<string, number>();
  /** Undefined when there is none. */
  readonly path: string | undefined;

  private constructor(path: string | undefined) {
    this.path = path;
  }

  /** `path` need not exist. `engine`: whose SQL it is; told by its content when undefined. */
  static async read(
    path: string | undefined,
    engine: Engine | undefined,
    target: Target,
    signal?: AbortSignal,
  ): Promise<AfterRestoreRows> {
    if (path === undefined || !(await exists(path))) return new AfterRestoreRows(undefined);
    const rows = new AfterRestoreRows(path);
    const options = { signal };
    const dialect = engine ?? 'sqlite3';
    const kind = { dialect, producer: 'unknown', backslashEscapes: dialect === 'mysql' } as const;
    const dump = await indexSqlDump(path, { ...options, kind });
    for (const sqlTable of dump.tables) {
      if (!sqlTable.name.startsWith(STAGE_PREFIX)) continue;
      const table = target.history.tableNamed(sqlTable.name.slice(STAGE_PREFIX.length));
      if (table === undefined) continue;
      const row = new Row(table.columns.length);
      const columnOf = (name: string): number | undefined => {
        const index = table.columns.findIndex((column) => column.name === name);
        return index < 0 ? undefined : index;
      };
      await readSqlRows(dump, sqlTable, columnOf, row, rows.#collector(table, target), options);
    }
    return rows;
  }

  #collector(table: Table, target: Target): RowConsumer {
    const digester = new RowDigester(columnsInRelease(table, target.firstRelease));
    const shape = shaperOf(table, membersOf(table, target.firstRelease));
    return {
      row: (row) => {
        shape(row);
        digester.digest(row);
        const key = keyOf(table, digester.words);
        this.#rows.set(key, (this.#rows.get(key) ?? 0) + 1);
      },
    };
  }

  /** True when the SQL brings the row of this digest. Each row is found once. */
  take(table: Table, words: Uint32Array): boolean {
    const key = keyOf(table, words);
    const left = this.#rows.get(key) ?? 0;
    if (left > 0) this.#rows.set(key, left - 1);
    return left > 0;
  }
}

const keyOf = (table: Table, words: Uint32Array): string => `${table.name} ${words.join()}`;

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
