/**
 * Reads `OUT.after-restore.sql`: the rows that a restore cannot read, and whether the script handles them as one written by an
 * upgrade does. The digests fit into memory, because there are few rows or each is larger than 64 KiB.
 */
import { access, open } from 'node:fs/promises';
import { InputError } from '../../core/errors.js';
import { Row, type RowConsumer } from '../../core/rows.js';
import { ENGINES, type Engine } from '../../engines/Engine.js';
import { engineNamed } from '../../engines/engineNamed.js';
import { readFully } from '../../files/readFully.js';
import type { TemporaryFolder } from '../../files/TemporaryFolder.js';
import type { SqlDump, SqlTable } from '../../formats/sql/dump/SqlDump.js';
import { indexSqlDump } from '../../formats/sql/indexing/indexSqlDump.js';
import { readSqlRows } from '../../formats/sql/rows/readSqlRows.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import { shaperOf } from '../../gogs/restore/shaperOf.js';
import type { Table } from '../../gogs/tables.js';
import {
  AfterRestoreSection,
  type Purpose,
  scriptOpening,
  stageNamed,
  writeScript,
} from '../../outputs/AfterRestoreSection.js';
import { columnsInRelease, RowDigester } from '../digests/RowDigester.js';
import { TableDigest } from '../digests/TableDigest.js';
import { OverwrittenValues } from './OverwrittenValues.js';

export interface AfterRestoreOptions {
  /** The engine in app.ini; if it is unknown, the script itself tells. */
  readonly engine: Engine | undefined;
  readonly target: Target;
  readonly temporary: TemporaryFolder;
  readonly signal: AbortSignal | undefined;
}

/** A temporary table of the script. */
interface Stage {
  readonly sqlTable: SqlTable;
  readonly table: Table;
  readonly purpose: Purpose;
}

/** The tool's scripts have a few hundred bytes per table besides rows. */
const MOST_STATEMENTS = 1024 * 1024;

export class AfterRestoreRows {
  /** Table and digest → number of rows not yet matched. */
  readonly #rows = new Map<string, number>();
  /** The values that the script corrects, by table. */
  readonly #corrected = new Map<string, OverwrittenValues>();
  /** Undefined if there is no script. */
  readonly path: string | undefined;
  /** The engine of the script. */
  engine: Engine | undefined;
  /** The purposes of the script for each table, by name. */
  readonly purposes = new Map<string, Set<Purpose>>();
  /** False if the script contains statements other than those that an upgrade writes around such rows. */
  isGenuine = true;

  private constructor(path: string | undefined) {
    this.path = path;
  }

  /** `path` need not exist. */
  static async read(path: string | undefined, options: AfterRestoreOptions): Promise<AfterRestoreRows> {
    if (path === undefined || !(await exists(path))) return new AfterRestoreRows(undefined);
    const rows = new AfterRestoreRows(path);
    try {
      await rows.#read(path, options);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      rows.isGenuine = false;
    }
    return rows;
  }

  async #read(path: string, options: AfterRestoreOptions): Promise<void> {
    const { target, signal } = options;
    const engine = options.engine ?? (await engineOf(path)) ?? 'sqlite3';
    this.engine = engine;
    const { backslashEscapes } = engineNamed(engine).sql;
    const kind = { dialect: engine, producer: 'unknown', backslashEscapes } as const;
    const dump = await indexSqlDump(path, { signal, kind });
    const stages = dump.tables.flatMap((sqlTable): Stage[] => {
      const stage = stageNamed(sqlTable.name);
      const table = stage && target.history.tableNamed(stage.table);
      return stage === undefined || table === undefined ? [] : [{ sqlTable, table, purpose: stage.purpose }];
    });
    for (const { table, purpose } of stages) {
      this.purposes.set(table.name, (this.purposes.get(table.name) ?? new Set()).add(purpose));
    }
    const found = await statementsOf(path, dump, stages);
    this.isGenuine = found !== undefined && found === (await expectedStatements(stages, engine, options));
    for (const { sqlTable, table, purpose } of stages) {
      const row = new Row(table.columns.length);
      const columnOf = (name: string): number | undefined => {
        const index = table.columns.findIndex((column) => column.name === name);
        return index < 0 ? undefined : index;
      };
      const consumer =
        purpose === 'missing rows' ? this.#collector(table, target) : this.#correctedIn(table, target).consumer;
      await readSqlRows(dump, sqlTable, { row, columnOf, consumer }, { signal });
    }
  }

  #collector(table: Table, target: Target): RowConsumer {
    const digester = new RowDigester(columnsInRelease(table, target.firstRelease));
    const shape = shaperOf(table, target.firstRelease);
    return {
      row: (row) => {
        shape(row);
        digester.digest(row);
        const key = keyOf(table, digester.words);
        this.#rows.set(key, (this.#rows.get(key) ?? 0) + 1);
      },
    };
  }

  /** Whether the script corrects values that a restore overwrites. */
  get isExact(): boolean {
    return [...this.purposes.values()].some((purposes) => purposes.has('overwritten values'));
  }

  /** Whether the script corrects the table to exactly these values. */
  corrects({ name }: Table, values: OverwrittenValues): boolean {
    const stated = this.#corrected.get(name)?.digest ?? new TableDigest();
    return stated.equals(values.digest);
  }

  #correctedIn(table: Table, target: Target): OverwrittenValues {
    const values = this.#corrected.get(table.name) ?? new OverwrittenValues(table, target);
    this.#corrected.set(table.name, values);
    return values;
  }

  /** True if the SQL contains a row with this digest. Each row matches once. */
  take(table: Table, words: Uint32Array): boolean {
    const key = keyOf(table, words);
    const left = this.#rows.get(key) ?? 0;
    if (left > 0) this.#rows.set(key, left - 1);
    return left > 0;
  }

  /** The number of unmatched rows of each table, by SQL name: no line of the archive equals them. */
  get left(): ReadonlyMap<string, number> {
    const left = new Map<string, number>();
    for (const [key, count] of this.#rows) {
      const name = key.slice(0, key.indexOf(' '));
      if (count > 0) left.set(name, (left.get(name) ?? 0) + count);
    }
    return left;
  }
}

const keyOf = (table: Table, words: Uint32Array): string => `${table.name} ${words.join()}`;

/**
 * The text of the script without the rows of its temporary tables; undefined for a script that the tool cannot have written.
 */
async function statementsOf(path: string, { size }: SqlDump, stages: readonly Stage[]): Promise<string | undefined> {
  const ranges = stages.flatMap(({ sqlTable }) => sqlTable.rows).sort((a, b) => a.start - b.start);
  if (ranges.some(({ resolvesConflicts }) => resolvesConflicts)) return undefined;
  const file = await open(path);
  try {
    let text = '';
    let at = 0;
    for (const { start, end } of [
      ...ranges.map(({ statementStart, end }) => ({ start: statementStart, end })),
      { start: size, end: size },
    ]) {
      if (text.length + start - at > MOST_STATEMENTS) return undefined;
      text += (await readFully(file, at, start)).toString('utf8');
      at = end;
    }
    return withoutSpace(text);
  } finally {
    await file.close();
  }
}

/** The statements that an upgrade writes around the rows of such tables. */
async function expectedStatements(
  stages: readonly Stage[],
  engine: Engine,
  { target, temporary }: AfterRestoreOptions,
): Promise<string | undefined> {
  if (stages.some(({ table }) => !target.tables.includes(table))) return undefined;
  const sections = stages.map(
    ({ table, purpose }) => new AfterRestoreSection(table, purpose, { engine, target, temporary }),
  );
  let text = '';
  const write = async (bytes: Buffer): Promise<void> => {
    text += bytes.toString('utf8');
  };
  await writeScript({ write }, engine, sections);
  return withoutSpace(text);
}

const withoutSpace = (text: string): string => text.replace(/^\s+/gm, '').trimEnd();

/** The engine, recognized by the first words of the script. */
async function engineOf(path: string): Promise<Engine | undefined> {
  const file = await open(path);
  try {
    const head = (await readFully(file, 0, 1024)).toString('utf8');
    return ENGINES.find((engine) => head.startsWith(scriptOpening(engine)));
  } finally {
    await file.close();
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
