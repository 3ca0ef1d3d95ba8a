/** Rehearses the restore of one table in the scratch database, and compares the result with what is expected. */
import type { Names } from '../../checks/Names.js';
import { nameRememberer } from '../../checks/rows/rememberNames.js';
import { InputError } from '../../core/errors.js';
import { findInvalidUtf8 } from '../../core/findInvalidUtf8.js';
import { CellKind, Row } from '../../core/rows.js';
import type { ZipEntry } from '../../formats/zip/ZipEntry.js';
import type { StructProblem } from '../../gogs/restore/GoStruct.js';
import { isOverwritten } from '../../gogs/restore/isOverwritten.js';
import { schemaTable } from '../../gogs/schemas/buildSchema.js';
import type { SchemaTable } from '../../gogs/schemas/Schema.js';
import { columnIndex, type Table } from '../../gogs/tables.js';
import type { VerifiedTable } from '../../reports/VerifyReport.js';
import { findDifferences } from '../digests/findDifferences.js';
import { columnsInRelease, type DigestedColumn, RowDigester } from '../digests/RowDigester.js';
import { TableDigest } from '../digests/TableDigest.js';
import { keysOnly } from './keysOnly.js';
import { OverwrittenValues } from './OverwrittenValues.js';
import { type NulEffect, type RestoredTableConsumer, readTable } from './readTable.js';
import { rowCheck } from './rowCheck.js';
import { ScratchTable } from './ScratchTable.js';
import { TableNotices } from './TableNotices.js';
import type { VerifyTablesOptions } from './VerifyTablesOptions.js';

/** Stands for a time that a restore would set: any value other than the row's own. */
const OVERWRITTEN = Buffer.from('-1');

export class TableVerification implements RestoredTableConsumer {
  readonly nul: ((line: number, effect: NulEffect) => void) | undefined;
  readonly #table: Table;
  readonly #entry: ZipEntry;
  readonly #options: VerifyTablesOptions;
  readonly #notices: TableNotices;
  readonly #columns: readonly DigestedColumn[];
  readonly #digester: RowDigester;
  readonly #remember: ((row: Row) => void) | undefined;
  readonly #checkRow: (row: Row) => void;
  readonly #schema: SchemaTable;
  readonly #tried: VerifiedTable['tried'];
  /** The rows that a restore and its SQL produce. Undefined if nothing is compared with them: digests take a sixth of the time. */
  readonly #found: TableDigest | undefined;
  /** For a database that stores times less precisely: the digests of the inserted rows with that precision. */
  readonly #coarse: { readonly digester: RowDigester; readonly inserted: TableDigest } | undefined;
  #scratch: ScratchTable | undefined;
  /** Whether a part of it comes from SQL that is loaded later. */
  readonly #isScripted: boolean;
  /** Indexes of the columns that a restore overwrites and that the SQL corrects. */
  readonly #corrected: OverwrittenValues | undefined;
  readonly #overwritten: readonly number[];
  #rows = 0;
  #bySql = 0;
  #bytes = 0;
  /** True after a problem that makes a comparison pointless. */
  #broken = false;
  #refused = false;
  #rowIsUnfit = false;

  /** `full`: insert every column, not only the unique keys. `names`: those of the users and repositories read before. */
  constructor(table: Table, entry: ZipEntry, full: boolean, names: Names, options: VerifyTablesOptions) {
    this.#table = table;
    this.#entry = entry;
    this.#options = options;
    this.#columns = columnsInRelease(table, options.target.firstRelease);
    this.#digester = new RowDigester(this.#columns);
    this.#notices = new TableNotices(table, names, options);
    this.nul = this.#notices.reportsNul ? (line, effect) => this.#notices.nul(line, effect) : undefined;
    this.#remember = nameRememberer(table, names);
    const schema = schemaTable(options.schema, table.name);
    this.#schema = schema;
    this.#isScripted = options.script?.concerns(table) === true;
    this.#overwritten = (options.script?.overwritten(table) ?? []).map((name) => columnIndex(table, name));
    const { script, leftovers } = options;
    // A script that is tried shows by its effect what it corrects.
    if (script === undefined && leftovers.isGenuine && leftovers.isExact)
      this.#corrected = new OverwrittenValues(table, options.target);
    const { timeDigits } = options.scratch;
    if (timeDigits < 9 && this.#columns.some(({ kind }) => kind === 'time')) {
      this.#coarse = { digester: new RowDigester(this.#columns, { timeDigits }), inserted: new TableDigest() };
    }
    const onlyIds = schema.uniqueKeys.length === 0 && schema.primaryKey.join() === 'id';
    this.#found = full || options.expectation !== undefined ? new TableDigest() : undefined;
    this.#tried = full ? 'every column' : onlyIds ? 'ids' : 'keys';
    this.#checkRow = rowCheck(table, options, this.#notices, this.#tried === 'ids');
  }

  async run(): Promise<VerifiedTable> {
    const { zip, target, leftovers, expectation, signal } = this.#options;
    this.#scratch = await this.#createScratch();
    try {
      const tooLong = await readTable({ zip, entry: this.#entry, table: this.#table, target }, this, signal);
      await this.#scratch?.finish();
      if (tooLong !== undefined && leftovers.path !== undefined) this.#notices.longLine(tooLong, this.#bySql);
      if (!this.#isScripted) await this.compareScratch();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#notices.damaged(error.message);
      this.#broken = true;
    }
    if (this.#corrected !== undefined && !this.#broken && !leftovers.corrects(this.#table, this.#corrected))
      this.#notices.correctsOthers();
    const expected = expectation?.tables.get(this.#table.name);
    const found = this.#found;
    if (expected !== undefined && found !== undefined && !this.#broken && !expected.equals(found)) {
      await this.#reportDifferences(expected, found);
    }
    return {
      table: this.#table.name,
      type: this.#table.type,
      rowsRestored: this.#rows - this.#bySql,
      rowsBySql: this.#bySql,
      rowsExpected: expected?.rows ?? null,
      digest: found?.toString() ?? null,
      tried: this.#tried,
    };
  }

  row(row: Row, afterLongLine: boolean): void {
    this.#bytes += row.size;
    if (this.#found !== undefined || afterLongLine) this.#digester.digest(row);
    this.#remember?.(row);
    const { words } = this.#digester;
    if (afterLongLine) {
      if (!this.#options.leftovers.take(this.#table, words)) {
        this.#broken = true;
        this.#notices.lost(row);
        return;
      }
      this.#bySql++;
    }
    if (!afterLongLine) this.#corrected?.restored(row);
    this.#rows++;
    this.#found?.add(words);
    this.#checkRow(row);
    for (const cell of findInvalidUtf8(row)) this.#notices.notUtf8(row, cell);
    if (this.#rowIsUnfit) this.#broken = true;
    else this.#insert(row, afterLongLine);
    this.#rowIsUnfit = false;
  }

  /** Inserts what a restore would insert. */
  #insert(row: Row, afterLongLine: boolean): void {
    if (!this.#isScripted) this.#scratch?.add(row);
    else if (!afterLongLine) this.#insertAsRestored(row);
    if (this.#coarse === undefined) return;
    this.#coarse.digester.digest(row);
    this.#coarse.inserted.add(this.#coarse.digester.words);
  }

  #insertAsRestored(row: Row): void {
    const { target } = this.#options;
    const isOther = this.#overwritten.length > 0 && isOverwritten(target, this.#table, row);
    const cells = isOther ? this.#overwritten.map((index) => row.cell(index)) : [];
    const values = cells.map((cell) => ({ ...cell }));
    for (const cell of cells) cell.set(CellKind.Number, OVERWRITTEN);
    this.#scratch?.add(row);
    // The next row may take over the values of this one.
    for (const [i, cell] of cells.entries()) Object.assign(cell, values[i]);
  }

  async drain(): Promise<void> {
    this.#options.onBytes(this.#table, this.#bytes);
    this.#bytes = 0;
    await this.#scratch?.drain();
  }

  problem(problem: StructProblem, key: string, row: Row): void {
    if (problem === 'unfit') this.#rowIsUnfit = true;
    this.#notices.problem(problem, key, row);
  }

  unreadable(message: string): void {
    this.#notices.unreadable(message);
  }

  async #createScratch(): Promise<ScratchTable | undefined> {
    if (this.#tried === 'ids') return undefined;
    const refuse = (label: string, reason: string): void => {
      this.#refused = true;
      this.#notices.refused(label, reason);
    };
    if (this.#tried === 'every column') {
      return await ScratchTable.create(this.#options.scratch, this.#schema, this.#columns, refuse);
    }
    const schema = keysOnly(this.#schema);
    const columns = this.#columns.filter(({ name }) => schema.columns.some((column) => column.name === name));
    return await ScratchTable.create(this.#options.scratch, schema, columns, refuse);
  }

  /** Compares the stored rows with those that were inserted. */
  async compareScratch(): Promise<void> {
    if (this.#tried !== 'every column' || this.#refused || this.#broken) return;
    const { digester, inserted } = this.#coarse ?? { digester: this.#digester, inserted: this.#found };
    if (this.#scratch === undefined || inserted === undefined) return;
    const held = new TableDigest();
    await this.#scratch.readRows(new Row(this.#table.columns.length), (row) => {
      digester.digest(row);
      held.add(digester.words);
    });
    if (!held.equals(inserted)) this.#notices.databaseDiffers(held, inserted, this.#isScripted);
  }

  async #reportDifferences(expected: TableDigest, found: TableDigest): Promise<void> {
    const { expectation, zip, target, signal } = this.#options;
    const table = this.#table;
    const differences = await findDifferences(async (side, onRow) => {
      if (side === 'expected') {
        await expectation?.reread(table, (row, digester) => {
          this.#remember?.(row);
          onRow(row, this.#notices.labelOf(row), digester);
        });
        return;
      }
      const digester = this.#digester;
      const ignore = (): void => undefined;
      const consumer = {
        row: (row: Row): void => {
          digester.digest(row);
          onRow(row, this.#notices.labelOf(row), digester);
        },
        problem: ignore,
        unreadable: ignore,
      };
      await readTable({ zip, entry: this.#entry, table, target }, consumer, signal);
    });
    this.#notices.tableDiffers(found, expected, differences);
  }
}
