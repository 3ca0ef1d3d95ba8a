/** Rehearses the restore of one table, in the scratch database if need be, and compares the result with what is expected. */
import type { Names } from '../../checks/Names.js';
import { nameRememberer } from '../../checks/rows/rememberNames.js';
import { InputError } from '../../core/errors.js';
import { findInvalidUtf8 } from '../../core/findInvalidUtf8.js';
import { IdSet } from '../../core/IdSet.js';
import type { Row } from '../../core/rows.js';
import type { ZipEntry } from '../../formats/zip/ZipEntry.js';
import type { StructProblem } from '../../gogs/restore/GoStruct.js';
import { schemaTable } from '../../gogs/schemas/buildSchema.js';
import type { SchemaTable } from '../../gogs/schemas/Schema.js';
import type { Table } from '../../gogs/tables.js';
import type { VerifiedTable } from '../../reports/VerifyReport.js';
import { findDifferences } from '../digests/findDifferences.js';
import { columnsInRelease, type DigestedColumn, RowDigester } from '../digests/RowDigester.js';
import { TableDigest } from '../digests/TableDigest.js';
import { keysOnly } from './keysOnly.js';
import { OverwrittenValues } from './OverwrittenValues.js';
import { type NulEffect, type RestoredTableConsumer, readTable } from './readTable.js';
import { rowCheck } from './rowCheck.js';
import { ScratchTrial } from './ScratchTrial.js';
import { SeenKeys } from './SeenKeys.js';
import { TableNotices } from './TableNotices.js';
import type { VerifyTablesOptions } from './VerifyTablesOptions.js';

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
  #tried: VerifiedTable['tried'];
  /** The rows that a restore and its SQL produce. Undefined if nothing is compared with them: digests take a sixth of the time. */
  readonly #found: TableDigest | undefined;
  /** Undefined if every row is inserted. */
  readonly #keys: SeenKeys | undefined;
  #trial: ScratchTrial | undefined;
  /** The lines of rows that neither a restore nor its SQL produces. */
  readonly #lost = new IdSet();
  /** Whether a part of it comes from SQL that is loaded later. */
  readonly #isScripted: boolean;
  /** The values that a restore overwrites and that the SQL corrects. */
  readonly #corrected: OverwrittenValues | undefined;
  #rows = 0;
  #bySql = 0;
  #bytes = 0;
  /** True after a problem that makes a comparison pointless. */
  #broken = false;
  #rowIsUnfit = false;

  /** `insertsAll`: every column of every row. `names`: those of the users and repositories read before. */
  constructor(table: Table, entry: ZipEntry, insertsAll: boolean, names: Names, options: VerifyTablesOptions) {
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
    const { script, leftovers } = options;
    // A script that is tried shows by its effect what it corrects.
    if (script === undefined && leftovers.isGenuine && leftovers.isExact)
      this.#corrected = new OverwrittenValues(table, options.target);
    const onlyIds = schema.uniqueKeys.length === 0 && schema.primaryKey.join() === 'id';
    this.#found = insertsAll || options.expectation !== undefined ? new TableDigest() : undefined;
    this.#keys = insertsAll ? undefined : new SeenKeys(table, schema);
    this.#tried = insertsAll ? 'every column' : onlyIds ? 'ids' : 'keys';
    this.#checkRow = rowCheck(table, options, this.#notices);
  }

  async run(): Promise<VerifiedTable> {
    const { leftovers, expectation } = this.#options;
    if (this.#keys === undefined) this.#trial = await this.#beginTrial(this.#schema);
    try {
      const tooLong = await this.#read(this);
      await this.#trial?.finish();
      if (tooLong !== undefined && leftovers.path !== undefined) this.#notices.longLine(tooLong, this.#bySql);
      if (!this.#isScripted) await this.compareScratch();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#notices.damaged(error.message);
      this.#broken = true;
    }
    await this.#insertDoubtful();
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

  row(row: Row, afterLongLine: boolean, areUtf8: boolean): void {
    this.#bytes += row.size;
    if (this.#found !== undefined || afterLongLine) this.#digester.digest(row);
    this.#remember?.(row);
    const { words } = this.#digester;
    if (afterLongLine) {
      if (!this.#options.leftovers.take(this.#table, words)) {
        this.#broken = true;
        this.#lost.add(row.line);
        this.#notices.lost(row);
        return;
      }
      this.#bySql++;
    }
    if (!afterLongLine) this.#corrected?.restored(row);
    this.#rows++;
    this.#found?.add(words);
    this.#checkRow(row);
    if (!areUtf8) for (const cell of findInvalidUtf8(row)) this.#notices.notUtf8(row, cell);
    if (this.#rowIsUnfit) this.#broken = true;
    else if (this.#keys !== undefined) this.#keys.add(row);
    else this.#trial?.add(row, words, afterLongLine);
    this.#rowIsUnfit = false;
  }

  async drain(): Promise<void> {
    this.#options.onBytes(this.#table, this.#bytes);
    this.#bytes = 0;
    await this.#trial?.drain();
  }

  problem(problem: StructProblem, key: string, row: Row): void {
    if (problem === 'unfit') this.#rowIsUnfit = true;
    this.#notices.problem(problem, key, row);
  }

  unreadable(message: string): void {
    this.#notices.unreadable(message);
  }

  #read(consumer: RestoredTableConsumer): ReturnType<typeof readTable> {
    const { zip, target, signal } = this.#options;
    return readTable({ zip, entry: this.#entry, table: this.#table, target }, consumer, signal);
  }

  async #beginTrial(schema: SchemaTable): Promise<ScratchTrial> {
    const { target, script, scratch } = this.#options;
    const [table, columns, notices] = [this.#table, this.#columns, this.#notices];
    return await ScratchTrial.begin({ table, target, columns, schema, engine: await scratch.open(), script, notices });
  }

  /** Reads the rows again and inserts them, if SQLite may refuse or change one: it knows, and names it. */
  async #insertDoubtful(): Promise<void> {
    const doubt = this.#keys?.doubt ?? 'none';
    if (doubt === 'none') return;
    this.#tried = doubt === 'keys' ? 'keys' : 'every column';
    const trial = await this.#beginTrial(doubt === 'keys' ? keysOnly(this.#schema) : this.#schema);
    let isUnfit = false;
    const consumer: RestoredTableConsumer = {
      row: (row, afterLongLine) => {
        if (!isUnfit && !this.#lost.has(row.line)) {
          if (doubt === 'values') this.#digester.digest(row);
          trial.add(row, this.#digester.words, afterLongLine);
        }
        isUnfit = false;
      },
      drain: () => trial.drain(),
      problem: (problem) => {
        if (problem === 'unfit') isUnfit = true;
      },
      unreadable: () => undefined,
    };
    try {
      await this.#read(consumer);
    } catch (error) {
      // It was reported when the rows were read first.
      if (!(error instanceof InputError)) throw error;
    }
    await trial.finish();
    if (doubt === 'values' && !this.#broken) await trial.compare();
  }

  /** Compares the stored rows with those that were inserted. */
  async compareScratch(): Promise<void> {
    if (!this.#broken) await this.#trial?.compare();
  }

  async #reportDifferences(expected: TableDigest, found: TableDigest): Promise<void> {
    const { expectation } = this.#options;
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
      await this.#read(consumer);
    });
    this.#notices.tableDiffers(found, expected, differences);
  }
}
