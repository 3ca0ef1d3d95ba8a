/** Follows the statements of a dump as an engine would, and records the positions of the rows of each table. */

import type { FileHandle } from 'node:fs/promises';
import { InputError } from '../../core/errors.js';
import { readFully } from '../../files/readFully.js';
import { Catalog, type CatalogTable } from './Catalog.js';
import type { DumpKind } from './Dialect.js';
import { type InsertHeader, InsertHeaders, parseCopyHeader } from './InsertHeader.js';
import { plainStatement } from './plainStatement.js';
import type { SqlChange, SqlDump, SqlPlace, SqlStatement, SqlTable } from './SqlDump.js';
import type { QualifiedName } from './SqlNames.js';
import { type SessionState, SqlSession } from './SqlSession.js';
import { DELIMITER_LINE, LONGEST_HEAD, type ScannedStatement, type SqlTokenizer } from './SqlTokenizer.js';
import { type Meaning, StatementReader } from './StatementReader.js';
import { readDefinition, type TableDefinition } from './TableDefinition.js';
import { texts } from './texts.js';

interface Sequence {
  readonly name: string;
  readonly statements: SqlStatement[];
  owner: QualifiedName | undefined;
  /** The table that the owner's name refers to. */
  table: CatalogTable | undefined;
  nextId: bigint | undefined;
}

interface Transaction {
  readonly place: SqlPlace;
  hasRows: boolean;
  /** The SQLite savepoint that began it. */
  readonly savepoint?: string;
  /** The settings before it. */
  readonly state: SessionState;
}

/** The comments with which dump programs begin and end; a program that writes one writes the other. */
const OPENING_COMMENT = /^-- (?:(MySQL|MariaDB) dump |PostgreSQL database (cluster )?dump\s*$)/;
const CLOSING_COMMENT = /^-- (?:(Dump completed)|PostgreSQL database (cluster )?dump complete)/;
/** Navicat names the code page in its first comment. */
const FILE_ENCODING = /^\s*File Encoding\s*:\s*(\d+)/;
const UTF8_CODE_PAGE = '65001';

/** Takes the statements in the order of the dump; `finish` must follow the last one. */
export class DumpIndexer {
  readonly #name: string;
  readonly #kind: DumpKind;
  readonly #session: SqlSession;
  readonly #catalog: Catalog;
  readonly #reader: StatementReader;
  readonly #headers: InsertHeaders;
  readonly #changes: (SqlChange & { readonly database: string | undefined })[] = [];
  readonly #sequences = new Map<string, Sequence>();
  /** Statements named by PREPARE that are known to change no rows. */
  readonly #prepared = new Set<string>();
  /** The closing comments that are still expected. */
  readonly #open = new Set<string>();
  #hasFrame = false;
  #transaction: Transaction | undefined;
  #damaged = false;
  #hasRows = false;
  /** The range that the previous INSERT statement extended, if nothing came in between. */
  #lastRange: CatalogTable['rows'][number] | undefined;
  #lastHeader: InsertHeader | undefined;
  #lastTable: CatalogTable | undefined;

  constructor(name: string, kind: DumpKind) {
    this.#name = name;
    this.#kind = kind;
    this.#session = new SqlSession(kind);
    this.#catalog = new Catalog(kind.dialect, this.#session);
    this.#reader = new StatementReader(kind.dialect);
    this.#headers = new InsertHeaders(kind.dialect);
  }

  /** Takes the beginning of a comment between statements. */
  addComment(text: string): void {
    if (text === DELIMITER_LINE) {
      this.#lastRange = undefined;
      this.#lastHeader = undefined;
      return;
    }
    const opening = OPENING_COMMENT.exec(text);
    const closing = CLOSING_COMMENT.exec(text);
    const encoding = FILE_ENCODING.exec(text)?.[1];
    if (opening !== null) {
      this.#hasFrame = true;
      this.#open.add(opening[1] === undefined ? (opening[2] ?? 'database') : 'dump');
    } else if (closing !== null) this.#open.delete(closing[1] === undefined ? (closing[2] ?? 'database') : 'dump');
    else if (encoding !== undefined && encoding !== UTF8_CODE_PAGE) {
      this.#session.declareEncoding(`code page ${encoding}`);
      this.#lastHeader = undefined;
    }
  }

  add(statement: ScannedStatement, tokenizer: SqlTokenizer): void {
    const { head, headStart, headEnd } = statement;
    const first = (head[headStart] as number) | 0x20;
    const isInsert = first === 0x69 || first === 0x72;
    if (isInsert && this.#addRows(statement)) return;
    this.#lastRange = undefined;
    this.#lastHeader = undefined;
    this.#addStatement(statement, head.toString('utf8', headStart, headEnd));
    tokenizer.backslashEscapes = this.#session.rules.backslashEscapes;
  }

  #addRows(statement: ScannedStatement): boolean {
    const header = this.#headers.read(statement.head, statement.headStart, statement.headEnd);
    if (header === undefined) return false;
    if (!statement.terminated) throw this.#cutOff(statement);
    if (header !== this.#lastHeader || this.#lastTable === undefined) {
      this.#lastRange = undefined;
      this.#lastHeader = header;
      this.#lastTable = this.#beginRows(header, statement);
      if (header.columns !== undefined) addColumns(this.#lastTable, header.columns);
    }
    if (statement.isOdd) this.#addChange(this.#lastTable, placeOf(statement, ''), texts().effects.notUnderstood);
    this.#lastTable.statements++;
    const resolvesConflicts = header.resolvesConflicts || statement.hasOnClause;
    if (this.#lastRange !== undefined && this.#lastRange.resolvesConflicts === resolvesConflicts) {
      this.#lastRange.end = statement.end;
      this.#lastRange.statements++;
      return true;
    }
    const { start, end, line } = statement;
    const { rules } = this.#session;
    this.#lastRange = {
      ...{ kind: 'insert', statementStart: start, start, end, line, statements: 1, rules, resolvesConflicts },
    };
    this.#lastTable.rows.push(this.#lastRange);
    return true;
  }

  /** The table that receives the rows. */
  #beginRows(name: QualifiedName, statement: ScannedStatement): CatalogTable {
    const place = placeOf(statement, `INSERT INTO ${name.name}`);
    if (this.#kind.dialect === 'sqlite3' && this.#isListOfTables(name, statement)) {
      this.#addGeneralChange(place, texts().effects.changesDefinitions);
    }
    if (this.#catalog.isView(name)) this.#addGeneralChange(place, texts().effects.addsBehindView);
    const isNew = this.#catalog.find(name) === undefined;
    const dropped = isNew ? this.#catalog.findDropped(name) : undefined;
    const table = dropped ?? this.#catalog.take(name);
    if (dropped !== undefined) this.#addChange(table, place, texts().effects.addsToDropped);
    if (table.hasTrigger) this.#addGeneralChange(place, texts().effects.triggers({ table: table.name }));
    const namesake = isNew ? this.#catalog.namesake(table) : undefined;
    if (namesake !== undefined) {
      const effect = texts().effects.namesOther({ table: table.name, other: namesake.name });
      for (const each of [table, namesake]) this.#addChange(each, place, effect);
    }
    this.#noteRows(statement);
    return table;
  }

  /** sqlite3's `.dump` writes the definitions of virtual tables, and only those, as rows of sqlite_master. */
  #isListOfTables({ name }: QualifiedName, statement: ScannedStatement): boolean {
    if (!/^sqlite_(?:schema|master)$/i.test(name)) return false;
    // The next such statement must be checked as well.
    this.#headers.forget();
    return !/'CREATE VIRTUAL TABLE/i.test(statement.headText());
  }

  #noteRows(statement: ScannedStatement): void {
    this.#hasRows = true;
    if (!this.#session.autocommit) this.#begin(placeOf(statement, ''), true);
    if (this.#transaction !== undefined) this.#transaction.hasRows = true;
  }

  #addStatement(statement: ScannedStatement, text: string): void {
    const { dialect } = this.#kind;
    if (!statement.terminated && /^(INSERT|REPLACE|COPY|CREATE|ALTER)\b/i.test(text)) throw this.#cutOff(statement);
    if (statement.dataStart >= 0 && this.#addCopy(statement, text)) return;
    const plain = plainStatement(text, dialect, this.#session.rules.backslashEscapes);
    const place = placeOf(statement, openingOf(plain, dialect));
    // Clauses beyond the stored part of the statement would go unread.
    const isWhole = statement.end - statement.start < LONGEST_HEAD || !/^(?:ALTER|DROP|TRUNCATE|SET)\b/i.test(plain);
    const meaning: Meaning = statement.isOdd || !isWhole ? { kind: 'unknown' } : this.#reader.read(plain);
    this.#follow(meaning, place, plain);
  }

  #follow(meaning: Meaning, place: SqlStatement, plain: string): void {
    switch (meaning.kind) {
      case 'harmless':
        if (meaning.table !== undefined) this.#relate(meaning.table, place, plain);
        return;
      case 'set':
        if (!this.#session.set(plain)) this.#addGeneralChange(place, texts().effects.notUnderstood);
        if (this.#session.autocommit && /\bautocommit\b/i.test(plain)) this.#transaction = undefined;
        return;
      case 'set-config':
        if (!this.#session.setConfig(plain)) this.#addGeneralChange(place, texts().effects.notUnderstood);
        return;
      case 'reset':
        this.#session.reset(meaning.name);
        return;
      case 'encoding':
        this.#session.declareEncoding(meaning.encoding);
        return;
      case 'use':
        this.#session.database = meaning.database;
        return;
      case 'connect':
        if (this.#transaction?.hasRows === true) this.#addGeneralChange(place, texts().effects.endsUncommitted);
        this.#transaction = undefined;
        this.#session.connect(meaning.database ?? this.#session.database);
        return;
      case 'attach':
        this.#catalog.attach(meaning.schema);
        return;
      case 'detach':
        this.#catalog.detach(meaning.schema);
        return;
      case 'create-table':
        this.#createTable(meaning, place);
        return;
      case 'create-view':
        this.#catalog.addView(meaning.table);
        return;
      case 'create-trigger':
        this.#catalog.take(meaning.table).hasTrigger = true;
        this.#relate(meaning.table, place, plain);
        return;
      case 'drop-tables':
        this.#commitImplicitly();
        for (const name of meaning.tables) {
          const table = this.#catalog.find(name);
          if (table !== undefined) this.#dropTable(table, place);
        }
        return;
      case 'drop-database':
        this.#dropAll(({ database }) => database === meaning.database, place);
        return;
      case 'drop-schema': {
        const { database } = this.#session;
        this.#dropAll((table) => table.database === database && meaning.schemas.includes(table.schema ?? ''), place);
        return;
      }
      case 'sequence':
        this.#addSequence(meaning, place);
        return;
      case 'change-rows':
        this.#changeRows(meaning.tables, place);
        return;
      case 'add-rows':
        if (meaning.table === undefined) this.#addGeneralChange(place, texts().effects.addsRows);
        else this.#addChange(this.#catalog.take(meaning.table), place, texts().effects.addsRows);
        return;
      case 'change-table': {
        const table = this.#catalog.find(meaning.table);
        if (table === undefined) return;
        this.#addChange(table, place, texts().effects.changesColumns);
        return;
      }
      case 'alter-table':
        this.#commitImplicitly();
        this.#alterTable(meaning, place);
        return;
      case 'begin':
        this.#commitImplicitly();
        this.#begin(place, false);
        return;
      case 'commit':
        this.#transaction = undefined;
        return;
      case 'rollback':
        if (this.#transaction?.hasRows === true) {
          this.#addGeneralChange(place, texts().effects.takesBack);
          this.#damaged = this.#kind.producer === 'sqlite3';
        }
        if (this.#kind.dialect === 'postgres' && this.#transaction !== undefined)
          this.#session.restore(this.#transaction.state);
        this.#transaction = undefined;
        return;
      case 'rollback-to':
        if (this.#transaction?.hasRows === true) this.#addGeneralChange(place, texts().effects.takesBack);
        else if (this.#kind.dialect === 'postgres' && this.#transaction !== undefined) {
          // It is unknown whether they were set before or after the savepoint.
          if (this.#session.differsFrom(this.#transaction.state))
            this.#addGeneralChange(place, texts().effects.notUnderstood);
        }
        return;
      case 'savepoint':
        if (this.#kind.dialect === 'sqlite3') this.#begin(place, false, meaning.name);
        return;
      case 'release':
        if (this.#transaction?.savepoint === meaning.name) this.#transaction = undefined;
        return;
      case 'prepare':
        if (meaning.isKnown) this.#prepared.add(meaning.name);
        else this.#prepared.delete(meaning.name);
        return;
      case 'execute':
        if (!this.#prepared.has(meaning.name)) this.#addGeneralChange(place, texts().effects.notUnderstood);
        return;
      case 'unknown':
        this.#addGeneralChange(place, texts().effects.notUnderstood);
        return;
    }
  }

  #begin(place: SqlPlace, hasRows: boolean, savepoint?: string): void {
    this.#transaction ??= {
      place,
      hasRows,
      state: this.#session.state,
      ...(savepoint === undefined ? {} : { savepoint }),
    };
  }

  /** MySQL commits a transaction at each definition. */
  #commitImplicitly(): void {
    if (this.#kind.dialect === 'mysql') this.#transaction = undefined;
  }

  #addChange(table: CatalogTable, statement: Omit<SqlChange, 'effect'>, effect: string): void {
    table.changes.push({ ...statement, effect });
    // Which tables SQLite has, and their next ids, are rows too.
    if (table.name.startsWith('sqlite_') && this.#kind.dialect === 'sqlite3') this.#addGeneralChange(statement, effect);
  }

  #addGeneralChange(statement: SqlStatement, effect: string): void {
    this.#changes.push({ ...statement, effect, database: this.#session.database });
  }

  #relate(name: QualifiedName, place: SqlStatement, plain: string): void {
    const table = this.#catalog.find(name);
    if (table === undefined) return;
    if (/^CREATE/i.test(plain)) this.#commitImplicitly();
    table.related.push(place);
    const key = /^CREATE UNIQUE INDEX .*? ON .*?\(([^()]*)\)/is.exec(plain)?.[1];
    if (key !== undefined) table.keys.push(key.split(',').map((column) => this.#reader.nameOf(column)));
  }

  #createTable(meaning: Extract<Meaning, { kind: 'create-table' }>, place: SqlStatement): void {
    const { table: name, temporary, ifNotExists, orReplace } = meaning;
    if (!temporary) this.#commitImplicitly();
    if (this.#transaction !== undefined) this.#transaction.hasRows = true;
    this.#catalog.removeView(name);
    const there = temporary ? undefined : this.#catalog.find(name);
    if (there !== undefined && orReplace) this.#dropTable(there, place);
    const table = temporary
      ? this.#catalog.take(name, true)
      : (this.#catalog.findDropped(name) ?? this.#catalog.take(name));
    if (table.dropped) {
      if (table.rows.length > 0) table.restarts++;
      Object.assign(table, { definition: undefined, insertColumns: [], rows: [], statements: 0, nextId: undefined });
      Object.assign(table, {
        related: [],
        changes: [],
        keys: [],
        defaults: new Set(),
        modified: [],
        hasTrigger: false,
        setsNextId: false,
      });
      table.dropped = false;
    }
    if (table.definition === undefined && table.rows.length === 0 && table.changes.length === 0) {
      table.definition = place;
      return;
    }
    if (ifNotExists) return;
    if (table.definition === undefined) {
      this.#addChange(table, place, texts().effects.createsLate({ table: table.name }));
      return;
    }
    const effect = texts().effects.createsAgain({ table: table.name, line: table.definition.line });
    this.#addChange(table, { ...place, isSecondDump: true }, effect);
  }

  #dropTable(table: CatalogTable, place: SqlStatement): void {
    table.dropped = true;
    if (table.rows.length > 0) this.#addChange(table, place, texts().effects.dropsRows);
  }

  #dropAll(isMeant: (table: CatalogTable) => boolean, place: SqlStatement): void {
    for (const table of this.#catalog.tables) if (!table.dropped && isMeant(table)) this.#dropTable(table, place);
  }

  #changeRows(names: readonly QualifiedName[] | undefined, place: SqlStatement): void {
    if (names === undefined) {
      if (this.#hasRows) this.#addGeneralChange(place, texts().effects.changesRows);
      return;
    }
    for (const name of names) {
      const table = this.#catalog.find(name);
      if (table === undefined) continue;
      table.related.push(place);
      // MySQL's TRUNCATE resets the count.
      table.setsNextId = true;
      // Before its rows there is nothing to change: HeidiSQL empties each table first.
      if (table.rows.length === 0 && table.changes.length === 0) continue;
      // Every .dump resets the list of next ids and fills it again.
      const isReset = this.#kind.dialect === 'sqlite3' && table.name === 'sqlite_sequence' && table.rows.length === 0;
      if (!isReset) this.#addChange(table, place, texts().effects.changesRows);
    }
  }

  #alterTable({ table: name, details }: Extract<Meaning, { kind: 'alter-table' }>, place: SqlStatement): void {
    const table = this.#catalog.find(name);
    if (table === undefined) return;
    table.related.push(place);
    table.nextId = details.nextId ?? table.nextId;
    if (details.nextId !== undefined) table.setsNextId = true;
    for (const column of details.defaults) table.defaults.add(column.toLowerCase());
    for (const { column, type } of details.modified) table.modified.push({ column, type, statement: place });
    table.keys.push(...details.keys);
  }

  #addCopy(statement: ScannedStatement, text: string): boolean {
    const header = parseCopyHeader(text);
    if (header === undefined) return false;
    if (header.options !== '') {
      const options = openingOf(header.options, 'postgres');
      throw new InputError(
        texts().copyOptions({ name: this.#name, line: statement.line, table: header.name, options }),
      );
    }
    const table = this.#beginRows(header, statement);
    if (header.columns !== undefined) addColumns(table, header.columns);
    table.statements++;
    table.rows.push({
      kind: 'copy',
      statementStart: statement.start,
      start: statement.dataStart,
      end: statement.end,
      line: statement.dataLine,
      statements: 1,
      columns: header.columns,
      rules: this.#session.rules,
      resolvesConflicts: false,
    });
    return true;
  }

  #addSequence(meaning: Extract<Meaning, { kind: 'sequence' }>, place: SqlStatement): void {
    const key = this.#catalog.keyOf(meaning.sequence);
    let sequence = this.#sequences.get(key);
    if (sequence === undefined) {
      const { name } = meaning.sequence;
      // Without OWNED BY, recognized by the name of a serial column's sequence.
      const { qualifier } = meaning.sequence;
      const guess = /^(.*)_id_seq$/.exec(name)?.[1];
      const owner =
        guess === undefined ? undefined : qualifier === undefined ? { name: guess } : { qualifier, name: guess };
      sequence = { name, statements: [], owner, table: undefined, nextId: undefined };
      this.#sequences.set(key, sequence);
    }
    sequence.owner = meaning.owner ?? sequence.owner;
    sequence.nextId = meaning.nextId ?? sequence.nextId;
    // Resolved now, because the same name refers to another table in another database.
    if (sequence.owner !== undefined) sequence.table = this.#catalog.find(sequence.owner) ?? sequence.table;
    sequence.statements.push(place);
  }

  /** Reads the definitions, once all are known. */
  async finish(file: FileHandle): Promise<Omit<SqlDump, 'path' | 'kind' | 'size'>> {
    for (const { table, statements, nextId } of this.#sequences.values()) {
      if (table === undefined) continue;
      table.related.push(...statements);
      table.setsNextId = true;
      table.nextId ??= nextId;
    }
    const tables: SqlTable[] = [];
    for (const table of this.#catalog.tables) {
      if (table.dropped && table.rows.length === 0) continue;
      tables.push(await this.#describe(table, file));
    }
    return {
      tables,
      changes: this.#changes,
      complete: this.#isComplete(),
      uncommitted: this.#transaction?.hasRows === true ? this.#transaction.place : undefined,
      damaged: this.#damaged,
    };
  }

  #isComplete(): boolean | undefined {
    if (this.#hasFrame) return this.#open.size === 0;
    // Every .dump is a single transaction.
    if (this.#kind.producer === 'sqlite3') return this.#transaction === undefined && !this.#damaged;
    return undefined;
  }

  async #describe(table: CatalogTable, file: FileHandle): Promise<SqlTable> {
    const { name, database, schema, temporary, insertColumns, rows, statements, related, restarts, dropped } = table;
    const definition = await this.#define(table, file);
    const keys = [...(definition?.keys ?? []), ...table.keys];
    return {
      ...{ name, database, schema, temporary, insertColumns, rows, statements, related, restarts, dropped, keys },
      definition: table.definition,
      columns: definition === undefined || definition.columns.length === 0 ? undefined : definition.columns,
      nextId: table.nextId,
      firstId: table.setsNextId && this.#kind.dialect !== 'sqlite3' ? undefined : (definition?.nextId ?? 1n),
      changes: table.changes.toSorted((a, b) => a.start - b.start),
    };
  }

  async #define(table: CatalogTable, file: FileHandle): Promise<TableDefinition | undefined> {
    if (table.definition === undefined) return undefined;
    const text = (await readFully(file, table.definition.start, table.definition.end)).toString('utf8');
    const definition = await readDefinition(text, this.#kind.dialect);
    table.nextId ??= definition.nextId;
    const statement: SqlStatement = { ...table.definition, opening: `CREATE TABLE ${table.name}` };
    if (definition.isComputed) this.#addChange(table, statement, texts().effects.takesFromOther);
    for (const { column, type, statement: modifying } of table.modified) {
      const defined = definition.columns.find(({ name }) => name.toLowerCase() === column.toLowerCase());
      if (defined !== undefined && beginsWithType(type, defined.type)) continue;
      this.#addChange(table, modifying, texts().effects.changesType({ column }));
    }
    const columns = definition.columns.map((column) =>
      table.defaults.has(column.name.toLowerCase()) ? { ...column, hasUnknownDefault: true } : column,
    );
    return { ...definition, columns };
  }

  #cutOff(statement: ScannedStatement): InputError {
    return new InputError(texts().statementCutOff({ name: this.#name, line: statement.line, byte: statement.start }));
  }
}

function placeOf({ start, end, line }: ScannedStatement, opening: string): SqlStatement {
  return { start, end, line, opening };
}

function addColumns(table: CatalogTable, columns: readonly string[]): void {
  const key = columns.join('\n');
  if (!table.insertColumns.some((known) => known.join('\n') === key)) table.insertColumns.push(columns);
}

function beginsWithType(definition: string, type: string): boolean {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/ ?([(),]) ?/g, '$1');
  const [whole, first] = [plain(definition), plain(type)];
  return (
    whole === first ||
    (whole.startsWith(first) && /^[ )]/.test(whole.slice(first.length - (first.endsWith(')') ? 1 : 0))))
  );
}

/** The beginning of a statement, without any values. */
function openingOf(text: string, dialect: DumpKind['dialect']): string {
  // After the first word, which may be SET. Only in PostgreSQL is text in double quotes always a name.
  const from = /^\w*/.exec(text)?.[0].length ?? 0;
  const values = dialect === 'postgres' ? /['$]|\b(?:SET|VALUES|WHERE)\b/i : /['"]|\b(?:SET|VALUES|WHERE)\b/i;
  const value = text.slice(from).search(values);
  const plain = (value < 0 ? text : text.slice(0, from + value)).replaceAll(/\s+/g, ' ').trim();
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
}
