/** The result of reading a dump with the program: the rows for an upgrade, or the reason why it is rejected. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textBytes, toBoolean, toInteger, toTime } from '../../src/core/coerce.js';
import { InputError } from '../../src/core/errors.js';
import { Cell, CellKind, Row } from '../../src/core/rows.js';
import type { Dialect } from '../../src/formats/sql/syntax/Dialect.js';
import { GOGS } from '../../src/gogs/gogsHistory.js';
import { SqlDumpSource } from '../../src/inputs/SqlDumpSource.js';
import type { Script } from './Script.js';
import { textOf } from './Script.js';
import { type Kind, kindOf } from './tables.js';

/** A value as the engine prints it, with its bytes as latin1. */
export type Value = string | null;
export type TableRow = Readonly<Record<string, Value>>;

export interface Reading {
  /** By name. */
  readonly tables: ReadonlyMap<string, readonly TableRow[]>;
  /** The original names of the tables in the dump. */
  readonly names: ReadonlyMap<string, string>;
  /** The database or schema of the tables, if the dump names one. */
  readonly place: string | undefined;
  readonly refusal: string | undefined;
}

export const readDump = (script: Script, folder: string): Promise<Reading> =>
  readDumpFile(script.dialect, textOf(script), folder);

/** Reads a dump like an upgrade. */
export async function readDumpFile(dialect: Dialect, text: string, folder: string): Promise<Reading> {
  const path = join(folder, 'dump.sql');
  writeFileSync(path, text);
  const tables = new Map<string, TableRow[]>();
  const names = new Map<string, string>();
  try {
    const file = { path, convertedFrom: undefined, dispose: async () => {} };
    const parts = { form: 'SQL dump', input: 'dump.sql', file, history: GOGS, maxRowBytes: 1e6 } as const;
    const source = await SqlDumpSource.open(parts);
    for (const table of source.tables) {
      const { columns, name } = table.table;
      const row = new Row(columns.length);
      const rows: TableRow[] = [];
      const take = (): void => {
        rows.push(
          Object.fromEntries(
            columns.flatMap((column, index) =>
              column.derived ? [] : [[column.name, readValue(row.cell(index), kindOf(name, column.name, dialect))]],
            ),
          ),
        );
      };
      await table.readRows(row, { row: take });
      tables.set(name, rows);
      names.set(name, table.from.name);
    }
    const [first] = source.tables;
    return { tables, names, place: first?.from.database ?? first?.from.schema, refusal: undefined };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { tables: new Map(), names, place: undefined, refusal: error.message };
  }
}

/** The value of a cell in the column of an output. */
function readValue(cell: Cell, kind: Kind): Value {
  if (cell.kind === CellKind.Missing || cell.kind === CellKind.Null) return null;
  const text = textBytes(cell).toString('latin1');
  switch (kind) {
    case 'integer':
      return toInteger(cell) ?? (cell.kind === CellKind.Number ? String(Number(text)) : text);
    case 'boolean': {
      const value = toBoolean(cell);
      return value === undefined ? text : value ? 't' : 'f';
    }
    case 'time':
      return timeOf(cell) ?? text;
    case 'text':
      return text;
  }
}

function timeOf(cell: Cell): string | undefined {
  const time = toTime(cell);
  return time === undefined ? undefined : `${time.date} ${time.time}${time.fraction}`;
}

/** Converts an engine's printed value to the same form; only times need parsing. */
export function printedValue(value: Value, kind: Kind): Value {
  if (value === null || kind !== 'time') return value;
  const cell = new Cell();
  cell.setText(value);
  return timeOf(cell) ?? value.replace(/\.0+$/, '');
}
