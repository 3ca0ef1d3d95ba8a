/** Digests rows as a database would store them, and keeps nothing else. */
import { CellKind, type Row } from '../../core/rows.js';
import { unquoteDefault } from '../../formats/sql/syntax/unquoteDefault.js';
import type { SqlOutputColumn } from '../../formats/sql/writing/SqlTableWriter.js';
import type { DatabaseWriter, TableWriter } from '../../outputs/DatabaseWriter.js';
import { RowDigester } from './RowDigester.js';
import { TableDigest } from './TableDigest.js';

export type OnRow = (table: string, row: Row, digester: RowDigester) => void;

export class DigestingDatabase implements DatabaseWriter {
  /** By SQL name. */
  readonly tables = new Map<string, TableDigest>();
  /** What a script would hold beside rows. */
  readonly statements: string[] = [];
  readonly temporaryPath = '';
  readonly #onRow: OnRow | undefined;

  constructor(onRow?: OnRow) {
    this.#onRow = onRow;
  }

  async execute(...statements: string[]): Promise<void> {
    this.statements.push(...statements);
  }

  tableWriter(table: string, columns: readonly SqlOutputColumn[]): TableWriter {
    const digester = new RowDigester(columns);
    const digest = new TableDigest();
    this.tables.set(table, digest);
    return {
      row: (row) => {
        fillDefaults(row, columns);
        digester.digest(row);
        digest.add(digester.words);
        this.#onRow?.(table, row, digester);
      },
      finish: async () => undefined,
    };
  }

  async finish(): Promise<void> {}

  async commit(): Promise<number> {
    return 0;
  }

  async abort(): Promise<void> {}
}

/** Inserts the engine's defaults for missing values. */
function fillDefaults(row: Row, columns: readonly SqlOutputColumn[]): void {
  for (const column of columns) {
    const cell = row.cell(column.index);
    if (cell.kind === CellKind.Missing && column.default !== undefined) cell.setText(unquoteDefault(column.default));
  }
}
