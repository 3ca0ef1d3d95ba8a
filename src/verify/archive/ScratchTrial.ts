/** Inserts the rows of a table into the scratch database, and compares what it then holds. */
import { CellKind, Row } from '../../core/rows.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import { isOverwritten } from '../../gogs/restore/isOverwritten.js';
import type { SchemaTable } from '../../gogs/schemas/Schema.js';
import { columnIndex, type Table } from '../../gogs/tables.js';
import { type DigestedColumn, RowDigester } from '../digests/RowDigester.js';
import { TableDigest } from '../digests/TableDigest.js';
import type { ScratchEngine } from '../engines/ScratchEngine.js';
import { ScratchTable } from './ScratchTable.js';
import type { TableNotices } from './TableNotices.js';
import type { TriedScript } from './TriedScript.js';

export interface ScratchTrialOptions {
  readonly table: Table;
  readonly target: Target;
  /** The columns of the rows; those that the schema lacks are not inserted. */
  readonly columns: readonly DigestedColumn[];
  /** What is created. */
  readonly schema: SchemaTable;
  readonly engine: ScratchEngine;
  readonly script: TriedScript | undefined;
  readonly notices: TableNotices;
}

/** Stands for a time that a restore would set: any value other than the row's own. */
const OVERWRITTEN = Buffer.from('-1');

export class ScratchTrial {
  readonly #options: ScratchTrialOptions;
  readonly #scratch: ScratchTable;
  readonly #digester: RowDigester;
  /** Whether the database stores times less precisely, so that rows are digested with that precision. */
  readonly #isCoarse: boolean;
  readonly #inserted = new TableDigest();
  /** Whether a part of the table comes from SQL that is loaded later. */
  readonly #isScripted: boolean;
  /** Indexes of the columns that a restore overwrites and that the SQL corrects. */
  readonly #overwritten: readonly number[];

  private constructor(options: ScratchTrialOptions, scratch: ScratchTable) {
    const { table, columns, script } = options;
    const { timeDigits } = options.engine;
    this.#options = options;
    this.#scratch = scratch;
    this.#digester = new RowDigester(columns, { timeDigits });
    this.#isCoarse = timeDigits < 9 && columns.some(({ kind }) => kind === 'time');
    this.#isScripted = script?.concerns(table) === true;
    this.#overwritten = (script?.overwritten(table) ?? []).map((name) => columnIndex(table, name));
  }

  static async begin(options: ScratchTrialOptions): Promise<ScratchTrial> {
    const { engine, schema, columns, notices } = options;
    const created = new Set(schema.columns.map(({ name }) => name));
    const tried = columns.filter(({ name }) => created.has(name));
    const refused = notices.refused.bind(notices);
    return new ScratchTrial(options, await ScratchTable.create(engine, schema, tried, refused));
  }

  /** Takes a row of the finished table, and its digest. `afterLongLine`: a restore never reads it. */
  add(row: Row, words: Uint32Array, afterLongLine: boolean): void {
    if (!this.#isScripted) this.#scratch.add(row);
    else if (!afterLongLine) this.#insertAsRestored(row);
    if (this.#isCoarse) this.#digester.digest(row);
    this.#inserted.add(this.#isCoarse ? this.#digester.words : words);
  }

  #insertAsRestored(row: Row): void {
    const { target, table } = this.#options;
    const isOther = this.#overwritten.length > 0 && isOverwritten(target, table, row);
    const cells = isOther ? this.#overwritten.map((index) => row.cell(index)) : [];
    const values = cells.map((cell) => ({ ...cell }));
    for (const cell of cells) cell.set(CellKind.Number, OVERWRITTEN);
    this.#scratch.add(row);
    // The next row may take over the values of this one.
    for (const [i, cell] of cells.entries()) Object.assign(cell, values[i]);
  }

  drain(): Promise<void> {
    return this.#scratch.drain();
  }

  finish(): Promise<void> {
    return this.#scratch.finish();
  }

  /** Compares the stored rows with those that were added, which must have every column of the schema. */
  async compare(): Promise<void> {
    if (this.#scratch.hasRefused) return;
    const { table, notices, engine } = this.#options;
    const held = new TableDigest();
    await this.#scratch.readRows(new Row(table.columns.length), (row) => {
      this.#digester.digest(row);
      held.add(this.#digester.words);
    });
    const origin = { product: engine.product, isScripted: this.#isScripted };
    if (!held.equals(this.#inserted)) notices.databaseDiffers(held, this.#inserted, origin);
  }
}
