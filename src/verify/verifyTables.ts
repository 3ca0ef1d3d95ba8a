/** Rehearses the restore of every table, and compares the result with what is expected. */
import { Names } from '../checks/Names.js';
import { nameRememberer } from '../checks/rows/rememberNames.js';
import { InputError } from '../core/errors.js';
import { findInvalidUtf8 } from '../core/findInvalidUtf8.js';
import type { Notice } from '../core/findings.js';
import { IdSet } from '../core/IdSet.js';
import { type Cell, CellKind, Row } from '../core/rows.js';
import { integerOf, textOf } from '../core/values.js';
import type { Engine } from '../engines/Engine.js';
import { engineNamed } from '../engines/engineNamed.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import type { StructProblem } from '../gogs/restore/GoStruct.js';
import { isOverwritten } from '../gogs/restore/isOverwritten.js';
import { schemaTable } from '../gogs/schemas/buildSchema.js';
import type { Schema, SchemaTable } from '../gogs/schemas/Schema.js';
import { sha256Hex } from '../gogs/sha256Hex.js';
import { columnIndex, type Table } from '../gogs/tables.js';
import type { VerifiedTable } from '../reports/VerifyReport.js';
import type { AfterRestoreRows } from './AfterRestoreRows.js';
import type { Expectation } from './Expectation.js';
import type { ScratchEngine } from './engines/ScratchEngine.js';
import { findDifferences, type RowDifference } from './findDifferences.js';
import { failure, information } from './notices.js';
import { columnsInRelease, type DigestedColumn, RowDigester } from './RowDigester.js';
import { type NulEffect, type RestoredTableConsumer, readTable } from './readTable.js';
import { describeLabel, rowLabeller } from './rowLabels.js';
import { ScratchTable } from './ScratchTable.js';
import { TableDigest } from './TableDigest.js';
import type { TriedScript } from './TriedScript.js';
import { texts } from './texts.js';

export interface VerifyTablesOptions {
  readonly zip: ZipReader;
  /** By Go type. */
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly target: Target;
  /** The engine in the archive's app.ini. */
  readonly engine: Engine | undefined;
  readonly leftovers: AfterRestoreRows;
  /** Undefined if the archive is verified without an input. */
  readonly expectation: Expectation | undefined;
  readonly scratch: ScratchEngine;
  /** The SQL to load after the restore, if the scratch database can load it. */
  readonly script: TriedScript | undefined;
  /** The schema for the engine of the scratch database. */
  readonly schema: Schema;
  /** The smallest tables, up to this total size, are inserted with every column; the others only with their unique keys. */
  readonly fullBytes: number;
  readonly notice: (notice: Notice) => void;
  readonly onBytes: (table: Table, bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}

export async function verifyTables(options: VerifyTablesOptions): Promise<VerifiedTable[]> {
  const full = tablesTriedInFull(options);
  const { script } = options;
  const waiting: TableVerification[] = [];
  const reports: VerifiedTable[] = [];
  const names = new Names();
  for (const table of options.target.tables) {
    options.signal?.throwIfAborted();
    const entry = options.entries.get(table.type);
    if (entry === undefined) continue;
    const isScripted = script?.concerns(table) === true;
    const all = full.has(table) || isScripted;
    const verification = new TableVerification(table, entry, all, { ...options, names });
    reports.push(await verification.run());
    if (isScripted) waiting.push(verification);
  }
  // The script may contain rows of several tables, which must all exist first.
  if (script !== undefined && (await script.run())) for (const each of waiting) await each.compareScratch();
  return reports;
}

function tablesTriedInFull({ entries, fullBytes, target }: VerifyTablesOptions): Set<Table> {
  const bytesOf = (table: Table): number => entries.get(table.type)?.uncompressedSize ?? 0;
  const full = new Set<Table>();
  let left = fullBytes;
  for (const table of target.tables.toSorted((a, b) => bytesOf(a) - bytesOf(b))) {
    left -= bytesOf(table);
    if (left >= 0) full.add(table);
  }
  return full;
}

/** Stands for a time that a restore would set: any value other than the row's own. */
const OVERWRITTEN = Buffer.from('-1');

class TableVerification implements RestoredTableConsumer {
  readonly #table: Table;
  readonly #entry: ZipEntry;
  readonly #options: VerifyTablesOptions & { readonly names: Names };
  readonly #columns: readonly DigestedColumn[];
  readonly #digester: RowDigester;
  readonly #labelOf: (row: Row) => string;
  readonly #remember: ((row: Row) => void) | undefined;
  readonly #checkRow: (row: Row) => void;
  readonly #schema: SchemaTable;
  readonly #tried: VerifiedTable['tried'];
  /** The rows that a restore and its SQL produce. */
  readonly #found = new TableDigest();
  /** For a database that stores times less precisely: the digests of the inserted rows with that precision. */
  readonly #coarse: { readonly digester: RowDigester; readonly inserted: TableDigest } | undefined;
  #scratch: ScratchTable | undefined;
  /** Whether a part of it comes from SQL that is loaded later. */
  readonly #isScripted: boolean;
  /** Indexes of the columns that a restore overwrites and that the SQL corrects. */
  readonly #overwritten: readonly number[];
  #bySql = 0;
  #bytes = 0;
  /** True after a problem that makes a comparison pointless. */
  #broken = false;
  #refused = false;
  #rowIsUnfit = false;

  constructor(table: Table, entry: ZipEntry, full: boolean, options: VerifyTablesOptions & { readonly names: Names }) {
    this.#table = table;
    this.#entry = entry;
    this.#options = options;
    this.#columns = columnsInRelease(table, options.target.firstRelease);
    this.#digester = new RowDigester(this.#columns);
    this.#labelOf = rowLabeller(table);
    this.#remember = nameRememberer(table, options.names);
    this.#checkRow = this.#rowCheck();
    const schema = schemaTable(options.schema, table.name);
    this.#schema = schema;
    this.#isScripted = options.script?.concerns(table) === true;
    this.#overwritten = (options.script?.overwritten(table) ?? []).map((name) => columnIndex(table, name));
    const { timeDigits } = options.scratch;
    if (timeDigits < 9 && this.#columns.some(({ kind }) => kind === 'time')) {
      this.#coarse = { digester: new RowDigester(this.#columns, timeDigits), inserted: new TableDigest() };
    }
    const onlyIds = schema.uniqueKeys.length === 0 && schema.primaryKey.join() === 'id';
    this.#tried = full ? 'every column' : onlyIds ? 'ids' : 'keys';
  }

  async run(): Promise<VerifiedTable> {
    const { zip, target, leftovers, expectation, signal } = this.#options;
    this.#scratch = await this.#createScratch();
    try {
      const tooLong = await readTable({ zip, entry: this.#entry, table: this.#table, target }, this, signal);
      await this.#scratch?.finish();
      if (tooLong !== undefined && leftovers.path !== undefined) this.#noteLongLine(tooLong);
      if (!this.#isScripted) await this.compareScratch();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#notice(failure('damaged', texts().damaged), error.message);
      this.#broken = true;
    }
    const expected = expectation?.tables.get(this.#table.name);
    if (expected !== undefined && !this.#broken && !expected.equals(this.#found))
      await this.#reportDifferences(expected);
    return {
      table: this.#table.name,
      type: this.#table.type,
      rowsRestored: this.#found.rows - this.#bySql,
      rowsBySql: this.#bySql,
      rowsExpected: expected?.rows ?? null,
      digest: this.#found.toString(),
      tried: this.#tried,
    };
  }

  row(row: Row, afterLongLine: boolean): void {
    this.#bytes += row.size;
    this.#digester.digest(row);
    this.#remember?.(row);
    const { words } = this.#digester;
    if (afterLongLine) {
      if (!this.#options.leftovers.take(this.#table, words)) {
        this.#noteLost(row);
        return;
      }
      this.#bySql++;
    }
    this.#found.add(words);
    this.#checkRow(row);
    for (const cell of findInvalidUtf8(row)) this.#noteNotUtf8(row, cell);
    if (this.#rowIsUnfit) this.#broken = true;
    else this.#insert(row, afterLongLine);
    this.#rowIsUnfit = false;
  }

  #noteNotUtf8(row: Row, cell: Cell): void {
    const column = this.#table.columns[row.cells.indexOf(cell)]?.name;
    this.#notice(failure('not-utf8', texts().notUtf8), texts().keyAt({ place: this.#place(row), key: column ?? '?' }));
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
    const words = texts();
    const place = words.keyAt({ place: this.#place(row), key });
    if (problem === 'unfit') {
      this.#rowIsUnfit = true;
      this.#notice(failure('unfit-value', words.unfitValue), place);
      return;
    }
    if (problem === 'replaced') {
      const { title, replaced, findEncoding } = words.notUtf8;
      const consequence = replaced({ release: this.#options.target.name });
      this.#notice(failure('not-utf8', { title, consequence, remedy: findEncoding }), place);
      return;
    }
    if (problem === 'null') {
      this.#notice(failure('null-key', words.nullKey), place);
      return;
    }
    const consequence = this.#options.target.restore.gormTables.has(this.#table.name)
      ? words.missingKey.leftEmpty
      : words.missingKey.fromRowBefore;
    this.#notice(failure('missing-key', { title: words.missingKey.title, consequence }), place);
  }

  unreadable(message: string): void {
    this.#notice(failure('unreadable-line', texts().unreadableLine), message);
  }

  nul(line: number, effect: NulEffect): void {
    const place = texts().lineOf({ file: `${this.#table.type}.json`, line });
    if (effect === 'breaks') {
      this.#notice(failure('nul-breaks-row', texts().nulBreaksRow), place);
    } else if (effect === 'kept' && this.#refusesNul()) {
      this.#notice(failure('nul-on-postgres', texts().nulOnPostgres), place);
    } else if (effect === 'stripped') {
      this.#notice(information('nul-stripped', texts().nulStripped), place);
    }
  }

  #refusesNul(): boolean {
    const { engine } = this.#options;
    return engine !== undefined && !engineNamed(engine).values.takesNul;
  }

  #place(row: Row): string {
    return texts().rowPlace({ row: this.#describe(this.#labelOf(row)), line: row.line });
  }

  #describe(label: string): string {
    return describeLabel(this.#table, label, this.#options.names);
  }

  #notice(notice: Notice, place: string): void {
    this.#options.notice({ ...notice, place });
  }

  #noteLost(row: Row): void {
    this.#broken = true;
    const { path } = this.#options.leftovers;
    const { title, consequence, putSqlBeside, makeBothAnew } = texts().rowNotRestored;
    const bytes = this.#options.target.restore.maxLineBytes;
    const remedy = path === undefined ? putSqlBeside : makeBothAnew({ path });
    this.#notice(failure('row-not-restored', { title, consequence: consequence({ bytes }), remedy }), this.#place(row));
  }

  #noteLongLine({ line, bytes }: { readonly line: number; readonly bytes: number }): void {
    const words = texts().needsSql;
    const place = words.place({ table: this.#table.type, line, bytes, rows: this.#bySql });
    this.#notice(information('needs-sql', words), place);
  }

  /** Checks that the engine cannot make. */
  #rowCheck(): (row: Row) => void {
    const { name } = this.#table;
    if (name === 'access_token') return this.#tokenCheck();
    if (name === 'version') return this.#versionCheck();
    if (name === 'lfs_object') return () => undefined;
    const id = columnIndex(this.#table, 'id');
    const ids = new IdSet();
    return (row) => {
      const value = integerOf(row.cell(id));
      if (value === undefined) return;
      if (value === 0) {
        this.#notice(failure('row-without-id', texts().rowWithoutId), this.#place(row));
      }
      if (this.#tried !== 'ids') return;
      if (ids.has(value)) this.#noteRefused(this.#labelOf(row), texts().sameId);
      ids.add(value);
    };
  }

  #tokenCheck(): (row: Row) => void {
    const [sha1, sha256] = [columnIndex(this.#table, 'sha1'), columnIndex(this.#table, 'sha256')];
    return (row) => {
      // The upgrade carries such tokens over: if there is an input, the comparison shows any difference.
      if (this.#options.expectation !== undefined) return;
      const token = textOf(row.cell(sha1)) ?? Buffer.alloc(0);
      const hash = textOf(row.cell(sha256))?.toString('latin1') ?? '';
      if (hash === sha256Hex(token) || hash.slice(0, 40) === token.toString('latin1')) return;
      this.#notice(failure('token-hash-mismatch', texts().tokenHashMismatch), this.#place(row));
    };
  }

  #versionCheck(): (row: Row) => void {
    const [id, version] = [columnIndex(this.#table, 'id'), columnIndex(this.#table, 'version')];
    const { schema, name } = this.#options.target;
    return (row) => {
      if (integerOf(row.cell(id)) !== 1 || integerOf(row.cell(version)) === schema) return;
      const { title, consequence } = texts().schemaVersion;
      const words = { title: title({ schema }), consequence: consequence({ release: name }) };
      this.#notice(failure('schema-version', words), this.#place(row));
    };
  }

  async #createScratch(): Promise<ScratchTable | undefined> {
    if (this.#tried === 'ids') return undefined;
    const refuse = (label: string, reason: string): void => this.#noteRefused(label, reason);
    if (this.#tried === 'every column') {
      return await ScratchTable.create(this.#options.scratch, this.#schema, this.#columns, refuse);
    }
    const schema = keysOnly(this.#schema);
    const columns = this.#columns.filter(({ name }) => schema.columns.some((column) => column.name === name));
    return await ScratchTable.create(this.#options.scratch, schema, columns, refuse);
  }

  #noteRefused(label: string, reason: string): void {
    this.#refused = true;
    this.#notice(
      failure('row-refused', texts().rowRefused),
      texts().keyAt({ place: this.#describe(label), key: reason }),
    );
  }

  /** Compares the stored rows with those that were inserted. */
  async compareScratch(): Promise<void> {
    if (this.#scratch === undefined || this.#tried !== 'every column' || this.#refused || this.#broken) return;
    const { digester, inserted } = this.#coarse ?? { digester: this.#digester, inserted: this.#found };
    const held = new TableDigest();
    await this.#scratch.readRows(new Row(this.#table.columns.length), (row) => {
      digester.digest(row);
      held.add(digester.words);
    });
    if (held.equals(inserted)) return;
    const { product } = this.#options.scratch;
    const { title, consequence, place } = texts().databaseDiffers;
    const where = place({ table: this.#table.type, held: held.rows, given: inserted.rows });
    if (this.#isScripted) {
      const words = { ...texts().sqlTableDiffers, remedy: texts().doNotLoadSql };
      this.#notice(failure('sql-table-differs', words), where);
    } else this.#notice(failure('database-differs', { title: title({ product }), consequence }), where);
  }

  async #reportDifferences(expected: TableDigest): Promise<void> {
    const { expectation, zip, target, signal } = this.#options;
    const table = this.#table;
    const differences = await findDifferences(async (side, onRow) => {
      if (side === 'expected') {
        await expectation?.reread(table, (row, digester) => {
          this.#remember?.(row);
          onRow(row, this.#labelOf(row), digester);
        });
        return;
      }
      const digester = this.#digester;
      const ignore = (): void => undefined;
      const consumer = {
        row: (row: Row): void => {
          digester.digest(row);
          onRow(row, this.#labelOf(row), digester);
        },
        problem: ignore,
        unreadable: ignore,
        nul: ignore,
      };
      await readTable({ zip, entry: this.#entry, table, target }, consumer, signal);
    });
    const words = texts().tableDiffers;
    this.#notice(
      failure('table-differs', words),
      words.place({ table: table.type, found: this.#found.rows, expected: expected.rows }),
    );
    for (const difference of differences) this.#noteDifference(difference);
  }

  #noteDifference({ label, what, columns }: RowDifference): void {
    const { rowsMissing, rowsUnexpected, rowsDiffer, archiveChanged, keyAt } = texts();
    const title = { missing: rowsMissing, unexpected: rowsUnexpected, different: rowsDiffer }[what];
    const place = this.#describe(label);
    this.#notice(
      failure(`row-${what}`, { title, consequence: archiveChanged }),
      columns.length === 0 ? place : keyAt({ place, key: columns.join(', ') }),
    );
  }
}

/** The table with only its id and the columns that must be unique. */
function keysOnly(schema: SchemaTable): SchemaTable {
  const names = new Set([...schema.primaryKey, ...schema.uniqueKeys.flat()]);
  const columns = schema.columns.filter(({ name }) => names.has(name));
  const list = (keys: readonly string[]): string => keys.map((key) => `"${key}"`).join(',');
  const parts = [
    ...columns.map(({ name, type }) => `"${name}" ${type}`),
    `PRIMARY KEY (${list(schema.primaryKey)})`,
    ...schema.uniqueKeys.map((keys) => `UNIQUE (${list(keys)})`),
  ];
  return { ...schema, columns, createTable: `CREATE TABLE "${schema.name}" (${parts.join(',')});`, createKeys: '' };
}
