/**
 * Follows what lets a statement change rows of other tables than the one it names, or store other values than it gives: views,
 * triggers, rules, functions, casts, foreign keys and system tables.
 */

import type { ScannedStatement } from '../statements/ScannedStatement.js';
import type { SqlStatement } from '../statements/SqlStatement.js';
import type { DumpKind } from '../syntax/Dialect.js';
import type { QualifiedName } from '../syntax/SqlNames.js';
import { texts } from '../texts.js';
import type { Catalog } from './Catalog.js';
import type { DumpChanges } from './DumpChanges.js';
import type { Meaning } from './Meaning.js';

const CASCADES = /\bON (?:DELETE|UPDATE) (?:CASCADE|SET (?:NULL|DEFAULT))\b/i;
const FOLLOWS_KEYS = /^PRAGMA (?:[^=(]*\.)? ?["'`[]?foreign_keys["'`\]]? ?[=(] ?["'`[]?(\w+)/i;
const DEFINES_OTHERS = /^CREATE (?:\w+ )*?(?:INDEX|MATERIALIZED VIEW)\b/i;
/** They run functions without a call in a statement: checks of domains, operators. */
const NAMES_FUNCTIONS = /^(?:CREATE|ALTER) (?:\w+ )*?(?:DOMAIN|OPERATOR|AGGREGATE|CONVERSION|TYPE|POLICY)\b/i;
/** It acts at each later definition: https://www.postgresql.org/docs/15/event-triggers.html */
const EVENT_TRIGGER = /^CREATE EVENT TRIGGER\b/i;
const CREATE_CAST = /^CREATE CAST\b/i;
const DEFINITION = /^(?:CREATE|ALTER|DROP|COMMENT) (?!EVENT TRIGGER\b|ON EVENT TRIGGER\b)/i;
/** Tables that define all others. */
const SQLITE_CATALOG = /^sqlite_(?:temp_)?(?:master|schema)$/i;
/** pg_dumpall changes the other ones. */
const POSTGRES_CATALOG = /^pg_(?!database$|largeobject)/;

export class SideEffects {
  readonly #dialect: DumpKind['dialect'];
  readonly #catalog: Catalog;
  readonly #changes: DumpChanges;
  /** A foreign key deletes or changes rows. */
  #cascades = false;
  /** SQLite ignores foreign keys unless a PRAGMA says otherwise. */
  #followsKeys: boolean;
  #hasEventTrigger = false;
  /** PostgreSQL applies casts to numbers for columns of another type. COPY needs none. */
  #hasCast = false;
  /** Functions that may change rows, as parts of a pattern. */
  readonly #functions: string[] = [];
  #call: RegExp | undefined;
  /** The same, without a parenthesis after the name. */
  #name: RegExp | undefined;
  /** The definitions of functions that change rows only if a function changes some that is defined later. */
  readonly #passive = new Map<string, string>();

  constructor({ dialect }: DumpKind, catalog: Catalog, changes: DumpChanges) {
    this.#dialect = dialect;
    this.#catalog = catalog;
    this.#changes = changes;
    this.#followsKeys = dialect !== 'sqlite3';
  }

  /** Takes every statement without rows. `plain`: without comments. */
  note(meaning: Meaning, place: SqlStatement, plain: string): void {
    const { kind } = meaning;
    const definesTable = kind === 'create-table' || kind === 'alter-table' || kind === 'change-table';
    if (definesTable && CASCADES.test(plain)) this.#cascades = true;
    const keys = FOLLOWS_KEYS.exec(plain)?.[1];
    if (keys !== undefined && this.#dialect === 'sqlite3') this.#followsKeys = !/^(?:0|no|off|false)$/i.test(keys);
    // SQLite then deletes the rows first.
    const drops = kind === 'drop-tables' && this.#dialect === 'sqlite3' && this.#hasCascades;
    const mayCall = definesTable || kind === 'set' || DEFINES_OTHERS.test(plain);
    // Each database has its own.
    if (kind === 'connect') {
      this.#hasEventTrigger = false;
      this.#hasCast = false;
    }
    if (this.#dialect === 'postgres' && CREATE_CAST.test(plain)) this.#hasCast = true;
    const startsTrigger = this.#hasEventTrigger && DEFINITION.test(plain);
    if (this.#dialect === 'postgres' && EVENT_TRIGGER.test(plain)) this.#hasEventTrigger = true;
    const calls = (mayCall && this.#calls(plain)) || (NAMES_FUNCTIONS.test(plain) && this.#name?.test(plain) === true);
    if (drops || startsTrigger || calls) this.#changes.addGeneral(place, texts().effects.changesOthers);
    if (meaning.kind === 'create-function') this.#noteFunction(meaning.name, meaning.isActive, plain);
    if (meaning.kind !== 'change-rows') return;
    for (const name of meaning.tables ?? []) {
      if (this.#ofChangeTo(name)) this.#changes.addGeneral(place, texts().effects.changesOthers);
    }
  }

  /** Takes every INSERT. `resolvesConflicts`: it may replace rows. */
  noteRows(statement: ScannedStatement, table: string, resolvesConflicts: boolean): void {
    // Called for each statement: most dumps have neither.
    if (!this.#cascades && this.#call === undefined && !this.#hasCast) return;
    if (this.#hasCast) this.#changes.addGeneral(statement.place(`INSERT INTO ${table}`), texts().effects.usesCast);
    if ((resolvesConflicts && this.#hasCascades) || this.#calls(statement.headText())) {
      this.#changes.addGeneral(statement.place(`INSERT INTO ${table}`), texts().effects.changesOthers);
    }
  }

  #noteFunction(name: string, isActive: boolean, plain: string): void {
    if (!isActive && !this.#calls(plain)) {
      this.#passive.set(name, plain);
      return;
    }
    this.#functions.push(name.replaceAll(/[^\w\x80-\uffff]/g, '\\$&'));
    const pattern = `(?<![\\w$])(?:${this.#functions.join('|')})`;
    this.#call = new RegExp(`${pattern}["\`]?\\s*\\(`, 'i');
    this.#name = new RegExp(`${pattern}(?![\\w$])`, 'i');
    for (const [other, definition] of this.#passive) {
      if (!this.#calls(definition)) continue;
      this.#passive.delete(other);
      this.#noteFunction(other, true, definition);
    }
  }

  get #hasCascades(): boolean {
    return this.#cascades && this.#followsKeys;
  }

  #calls(text: string): boolean {
    return this.#call?.test(text) === true;
  }

  #ofChangeTo(name: QualifiedName): boolean {
    const isPlain = name.qualifier === undefined || name.qualifier === 'pg_catalog';
    if (this.#dialect === 'sqlite3' && SQLITE_CATALOG.test(name.name)) return true;
    if (this.#dialect === 'postgres' && isPlain && POSTGRES_CATALOG.test(name.name)) return true;
    if (!this.#catalog.hasRows) return false;
    return this.#hasCascades || this.#catalog.isView(name) || this.#catalog.find(name)?.hasTrigger === true;
  }
}
