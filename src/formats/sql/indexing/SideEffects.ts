/**
 * Follows what lets a statement change rows of other tables than the one it names, or store other values than it gives: views,
 * triggers, rules, functions, casts, foreign keys and system tables.
 */

import type { ScannedStatement } from '../statements/ScannedStatement.js';
import type { SqlStatement } from '../statements/SqlStatement.js';
import type { DumpKind } from '../syntax/Dialect.js';
import { plainStatement } from '../syntax/plainStatement.js';
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

/** Statements that evaluate what they name, besides definitions of tables. */
const MAY_CALL: ReadonlySet<Meaning['kind']> = new Set(['set', 'change-rows', 'add-rows']);
const READS = /^(?:SELECT|WITH|VALUES|COPY|TABLE)\b/i;
const RESOLVES = /^REPLACE\b|\bIGNORE\b|\bON\b/i;
const WORD = '[\\w$\\x80-\\uffff]+';
const NAME = `${WORD}|"(?:[^"]|"")*"|\`(?:[^\`]|\`\`)*\``;
const WORDS = new RegExp(WORD, 'g');
const NAMES = new RegExp(NAME, 'g');
/** Names, what separates them from parentheses, and parentheses. */
const TOKENS = new RegExp(`${NAME}|\\s+|[^]`, 'g');

const plainName = (name: string): string => name.replaceAll(/["`]/g, '').toLowerCase();
const wordsOf = (text: string, pattern: RegExp): string[] => (text.match(pattern) ?? []).map(plainName);

/** The names before parentheses. */
function calledIn(text: string): string[] {
  const called: string[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '(') called.push(plainName(last));
    if (token.trim() !== '') last = token;
  }
  return called;
}

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
  /** Functions that may change rows. */
  readonly #functions = new Set<string>();
  /** Views that call them. */
  readonly #views = new Set<string>();
  /** By function, those that would change rows if it did. */
  readonly #callers = new Map<string, string[]>();

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
    const mayCall = definesTable || MAY_CALL.has(kind) || READS.test(plain) || DEFINES_OTHERS.test(plain);
    // Each database has its own.
    if (kind === 'connect') {
      this.#hasEventTrigger = false;
      this.#hasCast = false;
    }
    if (this.#dialect === 'postgres' && CREATE_CAST.test(plain)) this.#hasCast = true;
    const startsTrigger = this.#hasEventTrigger && DEFINITION.test(plain);
    if (this.#dialect === 'postgres' && EVENT_TRIGGER.test(plain)) this.#hasEventTrigger = true;
    const calls = (mayCall && this.#reaches(plain)) || (NAMES_FUNCTIONS.test(plain) && this.#names(plain));
    if (drops || startsTrigger || calls) this.#changes.addGeneral(place, texts().effects.changesOthers);
    if (meaning.kind === 'create-function') this.#noteFunction(meaning.name, meaning.isActive, plain);
    if (meaning.kind === 'create-view' && this.#reaches(plain)) this.#views.add(plainName(meaning.view.name));
    if (meaning.kind === 'add-rows') {
      const isTriggered = meaning.table !== undefined && this.#catalog.find(meaning.table)?.hasTrigger === true;
      if (isTriggered || (RESOLVES.test(plain) && this.#hasCascades))
        this.#changes.addGeneral(place, texts().effects.changesOthers);
    }
    if (meaning.kind !== 'change-rows') return;
    for (const name of meaning.tables ?? []) {
      if (this.#ofChangeTo(name)) this.#changes.addGeneral(place, texts().effects.changesOthers);
    }
  }

  /** Takes every INSERT. `resolvesConflicts`: it may replace rows. */
  noteRows(statement: ScannedStatement, table: string, resolvesConflicts: boolean): void {
    // Called for each statement: most dumps have neither.
    if (!this.#cascades && this.#functions.size === 0 && !this.#hasCast) return;
    if (this.#hasCast) this.#changes.addGeneral(statement.place(`INSERT INTO ${table}`), texts().effects.usesCast);
    const text = statement.headText();
    const plain = /\/\*|--|#/.test(text) ? plainStatement(text, this.#dialect, this.#dialect === 'mysql') : text;
    if ((resolvesConflicts && this.#hasCascades) || this.#reaches(plain)) {
      this.#changes.addGeneral(statement.place(`INSERT INTO ${table}`), texts().effects.changesOthers);
    }
  }

  #noteFunction(name: string, isActive: boolean, plain: string): void {
    if (isActive || this.#reaches(plain)) this.#addFunction(plainName(name));
    else {
      for (const word of new Set(wordsOf(plain, WORDS))) {
        const callers = this.#callers.get(word);
        if (callers === undefined) this.#callers.set(word, [plainName(name)]);
        else callers.push(plainName(name));
      }
    }
  }

  #addFunction(name: string): void {
    const added = [name];
    for (let each = added.pop(); each !== undefined; each = added.pop()) {
      if (this.#functions.has(each)) continue;
      this.#functions.add(each);
      added.push(...(this.#callers.get(each) ?? []));
    }
  }

  get #hasCascades(): boolean {
    return this.#cascades && this.#followsKeys;
  }

  /** Whether a statement may run such a function, through a view or not. */
  #reaches(text: string): boolean {
    if (this.#functions.size === 0) return false;
    return (
      calledIn(text).some((name) => this.#functions.has(name)) ||
      (this.#views.size > 0 && wordsOf(text, NAMES).some((name) => this.#views.has(name)))
    );
  }

  /** The same without a parenthesis after the name. */
  #names(text: string): boolean {
    return this.#functions.size > 0 && wordsOf(text, WORDS).some((name) => this.#functions.has(name));
  }

  #ofChangeTo(name: QualifiedName): boolean {
    const isPlain = name.qualifier === undefined || name.qualifier === 'pg_catalog';
    if (this.#dialect === 'sqlite3' && SQLITE_CATALOG.test(name.name)) return true;
    if (this.#dialect === 'postgres' && isPlain && POSTGRES_CATALOG.test(name.name)) return true;
    if (!this.#catalog.hasRows) return false;
    return this.#hasCascades || this.#catalog.isView(name) || this.#catalog.find(name)?.hasTrigger === true;
  }
}
