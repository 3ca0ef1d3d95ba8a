/** Applies statements other than rows to the catalog, the session and the transaction of a dump, as an engine would. */

import type { SqlStatement } from '../statements/SqlStatement.js';
import type { DumpKind } from '../syntax/Dialect.js';
import type { QualifiedName } from '../syntax/SqlNames.js';
import { texts } from '../texts.js';
import type { Catalog, CatalogTable } from './Catalog.js';
import type { DumpChanges } from './DumpChanges.js';
import type { DumpSequences } from './DumpSequences.js';
import type { DumpTransaction } from './DumpTransaction.js';
import type { Meaning } from './Meaning.js';
import type { SideEffects } from './SideEffects.js';
import type { SqlSession } from './SqlSession.js';
import type { StatementReader } from './StatementReader.js';

/** The state of the database that a dump would make, statement by statement. */
export interface DumpState {
  readonly session: SqlSession;
  readonly catalog: Catalog;
  readonly sequences: DumpSequences;
  readonly transaction: DumpTransaction;
  readonly changes: DumpChanges;
  readonly sideEffects: SideEffects;
}

export class StatementEffects {
  readonly #kind: DumpKind;
  readonly #reader: StatementReader;
  readonly #session: SqlSession;
  readonly #catalog: Catalog;
  readonly #sequences: DumpSequences;
  readonly #transaction: DumpTransaction;
  readonly #changes: DumpChanges;
  readonly #sideEffects: SideEffects;
  /** Types that PostgreSQL's domains stand for, with their constraints, by name. */
  readonly domains = new Map<string, string>();
  /** The character sets that MySQL's databases give to new tables; under an empty name for an unnamed one. */
  readonly #charsets = new Map<string, string>();
  /** Statements named by PREPARE that are known to change no rows. */
  readonly #prepared = new Set<string>();
  #isDamaged = false;

  constructor(kind: DumpKind, reader: StatementReader, state: DumpState) {
    const { session, catalog, sequences, transaction, changes, sideEffects } = state;
    this.#kind = kind;
    this.#reader = reader;
    this.#session = session;
    this.#catalog = catalog;
    this.#sequences = sequences;
    this.#transaction = transaction;
    this.#changes = changes;
    this.#sideEffects = sideEffects;
  }

  /** sqlite3 found the database damaged: it then ends its dump with a ROLLBACK. */
  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  /** `plain`: the statement without comments. */
  apply(meaning: Meaning, place: SqlStatement, plain: string): void {
    this.#sideEffects.note(meaning, place, plain);
    switch (meaning.kind) {
      case 'harmless':
        if (meaning.table !== undefined) this.#relate(meaning.table, place, plain);
        return;
      case 'set':
        if (!this.#session.set(plain)) this.#changes.addGeneral(place, texts().effects.notUnderstood);
        if (this.#session.autocommit && /\bautocommit\b/i.test(plain)) this.#transaction.end();
        return;
      case 'set-config':
        if (!this.#session.setConfig(plain)) this.#changes.addGeneral(place, texts().effects.notUnderstood);
        return;
      case 'reset':
        this.#session.reset(meaning.name);
        return;
      case 'discard':
        this.#dropTemporary(place);
        if (meaning.settings) this.#session.reset('ALL');
        return;
      case 'encoding':
        this.#session.declareEncoding(meaning.encoding);
        return;
      case 'use':
        this.#session.database = meaning.database;
        return;
      case 'connect':
        if (this.#transaction.hasRows) this.#changes.addGeneral(place, texts().effects.endsUncommitted);
        this.#transaction.end();
        this.#dropTemporary(place);
        this.#session.connect(meaning.database ?? this.#session.database);
        return;
      case 'attach':
        this.#catalog.attach(meaning.schema);
        return;
      case 'detach':
        // Its rows are gone, unless it is a file.
        this.#dropAll(({ schema }) => schema === meaning.schema.toLowerCase(), place);
        this.#catalog.detach(meaning.schema);
        return;
      case 'create-table':
        this.#createTable(meaning, place);
        return;
      case 'create-view':
        this.#commitImplicitly();
        this.#catalog.addView(meaning.view, meaning.temporary, { ...place, effect: texts().effects.createsView });
        return;
      case 'drop-views':
        this.#commitImplicitly();
        for (const view of meaning.views) {
          // A view that is rolled back is there again.
          if (this.#catalog.dropView(view)) this.#transaction.addTable();
        }
        if (meaning.cascades) this.#changeRows(undefined, place);
        return;
      case 'create-schema':
        this.#session.schemas.add(meaning.schema);
        return;
      case 'create-domain': {
        const name = meaning.name.toLowerCase();
        // Of two in different schemas, it is unknown which one a column has.
        if ((this.domains.get(name) ?? meaning.type) !== meaning.type)
          this.#changes.addGeneral(place, texts().effects.notUnderstood);
        this.domains.set(name, meaning.type);
        return;
      }
      case 'create-function':
        return;
      case 'charset':
        this.#charsets.set(meaning.database ?? this.#session.database ?? '', meaning.charset);
        if (this.#session.database === undefined) this.#charsets.set('', meaning.charset);
        return;
      case 'create-trigger':
        this.#takeChanged(meaning.table).hasTrigger = true;
        if (meaning.makesView)
          this.#changes.addTo(this.#takeChanged(meaning.table), place, texts().effects.createsView);
        this.#relate(meaning.table, place, plain);
        return;
      case 'drop-tables':
        this.#commitImplicitly();
        for (const name of meaning.tables) {
          const table = this.#catalog.findChanged(name);
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
        this.#sequences.add(meaning, place);
        return;
      case 'count':
        this.#count(meaning);
        return;
      case 'change-rows':
        this.#changeRows(meaning.tables, place);
        return;
      case 'add-rows':
        if (meaning.table === undefined) this.#changes.addGeneral(place, texts().effects.addsRows);
        else this.#changes.addTo(this.#catalog.take(meaning.table), place, texts().effects.addsRows);
        return;
      case 'change-table': {
        const table = this.#catalog.findChanged(meaning.table);
        if (table === undefined) return;
        this.#changes.addTo(table, place, texts().effects.changesColumns);
        return;
      }
      case 'rename-table':
        if (this.#catalog.isView(meaning.table) || this.#catalog.findChanged(meaning.table) !== undefined)
          this.#changes.addGeneral(place, texts().effects.renames);
        return;
      case 'alter-table':
        this.#commitImplicitly();
        this.#alterTable(meaning, place);
        return;
      case 'begin':
        this.#commitImplicitly();
        this.#transaction.begin(place);
        return;
      case 'commit':
        this.#transaction.end();
        return;
      case 'rollback':
        this.#rollBack(place);
        return;
      case 'rollback-to':
        this.#rollBackTo(place);
        return;
      case 'savepoint':
        if (this.#kind.dialect === 'sqlite3') this.#transaction.begin(place, meaning.name);
        return;
      case 'release':
        this.#transaction.release(meaning.name);
        return;
      case 'prepare':
        if (meaning.isKnown) this.#prepared.add(meaning.name);
        else this.#prepared.delete(meaning.name);
        return;
      case 'execute':
        if (!this.#prepared.has(meaning.name)) this.#changes.addGeneral(place, texts().effects.notUnderstood);
        return;
      case 'unknown':
        this.#changes.addGeneral(place, texts().effects.notUnderstood);
        return;
    }
  }

  /** MySQL commits a transaction at each definition. */
  #commitImplicitly(): void {
    if (this.#kind.dialect === 'mysql') this.#transaction.end();
  }

  #rollBack(place: SqlStatement): void {
    if (this.#transaction.hasRows) {
      this.#changes.addGeneral(place, texts().effects.takesBack);
      this.#isDamaged = this.#kind.producer === 'sqlite3';
    }
    const { stateBefore } = this.#transaction;
    if (this.#kind.dialect === 'postgres' && stateBefore !== undefined) this.#session.restore(stateBefore);
    this.#transaction.end();
  }

  #rollBackTo(place: SqlStatement): void {
    const { hasRows, stateBefore } = this.#transaction;
    if (hasRows) this.#changes.addGeneral(place, texts().effects.takesBack);
    else if (this.#kind.dialect === 'postgres' && stateBefore !== undefined) {
      // It is unknown whether they were set before or after the savepoint.
      if (this.#session.differsFrom(stateBefore)) this.#changes.addGeneral(place, texts().effects.notUnderstood);
    }
  }

  #takeChanged(name: QualifiedName): CatalogTable {
    return this.#catalog.findChanged(name) ?? this.#catalog.take(name);
  }

  #relate(name: QualifiedName, place: SqlStatement, plain: string): void {
    const table = this.#catalog.findChanged(name);
    if (table === undefined) return;
    if (/^CREATE/i.test(plain)) this.#commitImplicitly();
    table.related.push(place);
    const key = this.#reader.uniqueKey(plain);
    if (key !== undefined) table.keys.push(key);
  }

  #createTable(meaning: Extract<Meaning, { kind: 'create-table' }>, place: SqlStatement): void {
    const { table: name, ifNotExists, orReplace } = meaning;
    const temporary = meaning.temporary || this.#catalog.namesTemporary(name);
    if (!temporary) this.#commitImplicitly();
    this.#transaction.addTable();
    const view = this.#catalog.viewInPlaceOf(name, temporary);
    if (view !== undefined) {
      const effect = texts().effects.createsAgain({ table: name.name, line: view.line });
      if (!ifNotExists) this.#changes.addGeneral(place, effect);
      return;
    }
    const table = this.#catalog.takeOwn(name, temporary);
    if (orReplace && !temporary && !table.dropped) this.#dropTable(table, place);
    if (table.dropped) this.#catalog.recreate(table);
    if (table.definition === undefined && table.rows.length === 0 && table.changes.length === 0) {
      table.definition = place;
      table.databaseCharset = this.#charsets.get(table.database ?? '');
      return;
    }
    if (ifNotExists) return;
    if (table.definition === undefined) {
      this.#changes.addTo(table, place, texts().effects.createsLate({ table: table.name }));
      return;
    }
    const effect = texts().effects.createsAgain({ table: table.name, line: table.definition.line });
    this.#changes.addTo(table, { ...place, isSecondDump: true }, effect);
  }

  #dropTable(table: CatalogTable, place: SqlStatement): void {
    table.dropped = true;
    if (table.rows.length > 0) this.#changes.addTo(table, place, texts().effects.dropsRows);
  }

  #dropTemporary(place: SqlStatement): void {
    for (const table of this.#catalog.tables) if (table.temporary && !table.dropped) this.#dropTable(table, place);
  }

  #dropAll(isMeant: (place: Pick<CatalogTable, 'database' | 'schema'>) => boolean, place: SqlStatement): void {
    this.#catalog.dropViews(isMeant);
    for (const table of this.#catalog.tables) if (!table.dropped && isMeant(table)) this.#dropTable(table, place);
  }

  #changeRows(names: readonly QualifiedName[] | undefined, place: SqlStatement): void {
    if (names === undefined) {
      if (this.#catalog.hasRows) this.#changes.addGeneral(place, texts().effects.changesRows);
      return;
    }
    for (const name of names) {
      // It has rows of its own, which no statement gives.
      const setsIds = this.#kind.dialect === 'sqlite3' && /^sqlite_sequence$/i.test(name.name);
      if (setsIds && !/^DELETE\b/i.test(place.opening)) this.#changes.addGeneral(place, texts().effects.changesRows);
      const table = this.#catalog.findChanged(name);
      if (table === undefined) continue;
      table.related.push(place);
      // MySQL's TRUNCATE resets the count.
      table.setsNextId = true;
      // Before its rows there is nothing to change: HeidiSQL empties each table first.
      if (table.rows.length === 0 && table.changes.length === 0) continue;
      // Every .dump resets the list of next ids and fills it again.
      const isReset = this.#kind.dialect === 'sqlite3' && table.name === 'sqlite_sequence' && table.rows.length === 0;
      if (!isReset) this.#changes.addTo(table, place, texts().effects.changesRows);
    }
  }

  #count({ table: name, nextId }: Extract<Meaning, { kind: 'count' }>): void {
    const table = name && this.#catalog.find(name);
    for (const each of name === undefined ? this.#catalog.tables : table === undefined ? [] : [table]) {
      each.setsNextId = true;
      each.nextId = nextId;
    }
  }

  #alterTable({ table: name, details }: Extract<Meaning, { kind: 'alter-table' }>, place: SqlStatement): void {
    const table = this.#catalog.findChanged(name);
    if (table === undefined) return;
    table.related.push(place);
    table.nextId = details.nextId ?? table.nextId;
    if (details.nextId !== undefined) table.setsNextId = true;
    for (const column of details.defaults) table.defaults.add(column.toLowerCase());
    for (const { column, type } of details.modified) table.modified.push({ column, type, statement: place });
    // Rows with 0 get new ids.
    const counts = details.modified.some(({ type }) => /\bAUTO_INCREMENT\b/i.test(type));
    if (counts && table.rows.length > 0 && this.#session.rules.zeroIsAutomatic)
      this.#changes.addTo(table, place, texts().effects.changesColumns);
    table.keys.push(...details.keys);
  }
}
