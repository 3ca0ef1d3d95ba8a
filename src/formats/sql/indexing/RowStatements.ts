/** Assigns INSERT and COPY statements to tables: one range for all consecutive statements with the same header. */

import { InputError } from '../../../core/errors.js';
import { type InsertHeader, InsertHeaders, parseCopyHeader } from '../statements/InsertHeader.js';
import type { ScannedStatement } from '../statements/ScannedStatement.js';
import type { DumpKind } from '../syntax/Dialect.js';
import { openingOf } from '../syntax/openingOf.js';
import type { QualifiedName } from '../syntax/SqlNames.js';
import { texts } from '../texts.js';
import type { CatalogTable } from './Catalog.js';
import type { DumpState } from './StatementEffects.js';

export class RowStatements {
  readonly #kind: DumpKind;
  readonly #state: DumpState;
  readonly #headers: InsertHeaders;
  /** The range that the previous INSERT statement extended, if nothing came in between. */
  #lastRange: CatalogTable['rows'][number] | undefined;
  #lastHeader: InsertHeader | undefined;
  #lastTable: CatalogTable | undefined;

  constructor(kind: DumpKind, state: DumpState) {
    this.#kind = kind;
    this.#state = state;
    this.#headers = new InsertHeaders(kind.dialect);
  }

  /** Something else came: the next INSERT statement begins a new range. */
  interrupt(): void {
    this.#lastRange = undefined;
    this.#lastHeader = undefined;
  }

  /** False if the statement is not an INSERT with values. */
  addInsert(statement: ScannedStatement): boolean {
    const header = this.#headers.read(statement.head, statement.headStart, statement.headEnd);
    if (header === undefined) return false;
    if (header !== this.#lastHeader || this.#lastTable === undefined) {
      this.#lastRange = undefined;
      this.#lastHeader = header;
      this.#lastTable = this.#begin(header, statement);
    }
    if (statement.isOdd) {
      this.#state.changes.addTo(this.#lastTable, statement.place(''), texts().effects.notUnderstood);
    }
    this.#lastTable.statements++;
    const resolvesConflicts = header.resolvesConflicts || statement.hasOnClause;
    this.#state.sideEffects.noteRows(statement, header.name, resolvesConflicts);
    if (this.#lastRange !== undefined && this.#lastRange.resolvesConflicts === resolvesConflicts) {
      this.#lastRange.end = statement.end;
      this.#lastRange.statements++;
      return true;
    }
    const { start, end, line, delimiter } = statement;
    const { rules } = this.#state.session;
    const place = { statementStart: start, start, end, line };
    this.#lastRange = { kind: 'insert', ...place, statements: 1, rules, resolvesConflicts, delimiter };
    this.#lastTable.rows.push(this.#lastRange);
    return true;
  }

  /**
   * False if the statement is not a COPY with data. Throws InputError for options, which change how the data is read. `name`: the
   * name of the dump.
   */
  addCopy(statement: ScannedStatement, name: string): boolean {
    const header = parseCopyHeader(statement.headText());
    if (header === undefined) return false;
    if (header.options !== '') {
      const options = openingOf(header.options, 'postgres');
      throw new InputError(texts().copyOptions({ name, line: statement.line, table: header.name, options }));
    }
    const table = this.#begin(header, statement);
    table.statements++;
    table.rows.push({
      kind: 'copy',
      statementStart: statement.start,
      start: statement.dataStart,
      end: statement.end,
      line: statement.dataLine,
      statements: 1,
      columns: header.columns,
      rules: this.#state.session.rules,
      resolvesConflicts: false,
    });
    return true;
  }

  /** The table that receives the rows. */
  #begin(header: QualifiedName & Pick<InsertHeader, 'columns'>, statement: ScannedStatement): CatalogTable {
    const { catalog, changes, transaction } = this.#state;
    const place = statement.place(`INSERT INTO ${header.name}`);
    const { effects } = texts();
    if (this.#kind.dialect === 'sqlite3' && this.#isListOfTables(header, statement)) {
      changes.addGeneral(place, effects.changesDefinitions);
    }
    if (catalog.isView(header)) changes.addGeneral(place, effects.addsBehindView);
    const isNew = catalog.find(header) === undefined;
    const dropped = isNew ? catalog.findDropped(header) : undefined;
    const table = dropped ?? catalog.take(header);
    if (dropped !== undefined) changes.addTo(table, place, effects.addsToDropped);
    // The thread that writes delayed rows does not see temporary tables.
    if (table.temporary && /^\w+ DELAYED\b/i.test(statement.headText()))
      changes.addGeneral(place, effects.notUnderstood);
    if (catalog.mayBeTemporary(header)) changes.addGeneral(place, effects.notUnderstood);
    if (table.hasTrigger) changes.addGeneral(place, effects.triggers({ table: table.name }));
    const namesake = isNew ? catalog.namesake(table) : undefined;
    if (namesake !== undefined) {
      const effect = effects.namesOther({ table: table.name, other: namesake.name });
      for (const each of [table, namesake]) changes.addTo(each, place, effect);
    }
    catalog.hasRows = true;
    transaction.addRows(place);
    if (header.columns !== undefined) addColumns(table, header.columns);
    return table;
  }

  /** sqlite3's `.dump` writes the definitions of virtual tables, and only those, as rows of sqlite_master. */
  #isListOfTables({ name }: QualifiedName, statement: ScannedStatement): boolean {
    if (!/^sqlite_(?:schema|master)$/i.test(name)) return false;
    // The next such statement must be checked as well.
    this.#headers.forget();
    return !/'CREATE VIRTUAL TABLE/i.test(statement.headText());
  }
}

function addColumns(table: CatalogTable, columns: readonly string[]): void {
  const key = columns.join('\n');
  if (!table.insertColumns.has(key)) table.insertColumns.set(key, columns);
}
