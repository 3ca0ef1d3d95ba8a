/**
 * The effect of session settings on the statements that follow: which database and schema names refer to, how strings are read,
 * and their character set. Settings that affect none of this are ignored.
 */

import { isUtf8Name } from '../opening/isUtf8Name.js';
import type { DumpKind } from '../syntax/Dialect.js';
import type { LiteralRules } from '../syntax/LiteralRules.js';
import { SQL_NAMES, type SqlNames } from '../syntax/SqlNames.js';
import { splitList } from '../syntax/splitList.js';
import { KEEPS_NOTHING } from './statementPatterns.js';

/** A value that only the server knows. */
const UNKNOWN: unique symbol = Symbol('only the server knows');
/** Undefined: the server's initial value. */
type Value = string | undefined | typeof UNKNOWN;

const MYSQL_NAMES = /^(?:NAMES|CHARACTER SET|CHARSET) (?:'|")?(\w+)(?:'|")?(?: COLLATE \S+)?$/i;
const MYSQL_ASSIGNMENT = /^(?:(GLOBAL|PERSIST|PERSIST_ONLY|SESSION|LOCAL) )?(@?@?)([\w.$`]+) ?:?= ?([\s\S]*)$/i;
/** Statements that begin with SET but set nothing. */
const OTHER_SET =
  /^(?:SESSION |LOCAL )?(?:TRANSACTION|PASSWORD|ROLE|DEFAULT ROLE|RESOURCE GROUP|CONSTRAINTS|AUTHORIZATION)\b/i;
const POSTGRES_ASSIGNMENT = /^(?:SESSION |LOCAL )?([\w.]+) ?(?: TO |=) ?([\s\S]+)$/i;
const SET_CONFIG = /^SELECT (?:pg_catalog\.)?set_config ?\( ?'([\w.]+)' ?, ?'((?:[^']|'')*)' ?, ?\w+ ?\)$/i;

/** Modes of MySQL and MariaDB in which `"…"` is a name. */
const ANSI_MODES: ReadonlySet<string> = new Set([
  'ANSI_QUOTES',
  'ANSI',
  'DB2',
  'MAXDB',
  'MSSQL',
  'ORACLE',
  'POSTGRESQL',
]);

export interface SessionState {
  readonly settings: ReadonlyMap<string, Value>;
  readonly searchPath: readonly string[];
}

export class SqlSession {
  /** What unqualified names refer to: MySQL's current database, or the one that psql is connected to. */
  database: string | undefined;
  /** PostgreSQL's schemas in search order. */
  searchPath: readonly string[] = ['public'];
  /** PostgreSQL's schemas that are known to exist. */
  readonly schemas = new Set(['public']);
  /** False if rows must be committed. */
  autocommit = true;

  readonly #kind: DumpKind;
  readonly #names: SqlNames;
  #settings = new Map<string, Value>();
  readonly #variables = new Map<string, Value>();
  #rules: LiteralRules | undefined;

  constructor(kind: DumpKind) {
    this.#kind = kind;
    this.#names = SQL_NAMES[kind.dialect];
  }

  get rules(): LiteralRules {
    this.#rules ??= this.#kind.dialect === 'postgres' ? this.#postgresRules() : this.#mysqlRules();
    return this.#rules;
  }

  /** The schema in which PostgreSQL creates tables: the first one that exists. */
  get schema(): string | undefined {
    return this.searchPath.find((schema) => this.schemas.has(schema)) ?? this.searchPath[0];
  }

  /** The settings that a ROLLBACK restores in PostgreSQL. */
  get state(): SessionState {
    return { settings: new Map(this.#settings), searchPath: this.searchPath };
  }

  differsFrom({ settings, searchPath }: SessionState): boolean {
    const isSame =
      settings.size === this.#settings.size &&
      [...settings].every(([name, value]) => this.#settings.get(name) === value);
    return !isSame || searchPath !== this.searchPath;
  }

  restore({ settings, searchPath }: SessionState): void {
    this.#settings = new Map(settings);
    this.searchPath = searchPath;
    this.#rules = undefined;
  }

  /** Begins a new session, as `\connect` does. */
  connect(database: string | undefined): void {
    this.database = database;
    this.searchPath = ['public'];
    this.#settings = new Map();
    this.#rules = undefined;
  }

  /** Takes a character set from a comment or a client command. */
  declareEncoding(encoding: string): void {
    this.#set(this.#kind.dialect === 'postgres' ? 'client_encoding' : 'character_set_client', encoding);
  }

  /** Takes a `SET` statement; false if it is not understood. */
  set(statement: string): boolean {
    const text = statement.replace(/^SET /i, '');
    if (OTHER_SET.test(text)) return true;
    return this.#kind.dialect === 'postgres' ? this.#setPostgres(text) : this.#setMysql(text);
  }

  /** Takes `SELECT set_config(…)`; false for any other statement. */
  setConfig(statement: string): boolean {
    const found = SET_CONFIG.exec(statement);
    if (found?.[1] === undefined || found[2] === undefined) return false;
    if (/, ?(?:true|'?t\w*'?|'?on'?|'?1'?) ?\)$/i.test(statement)) return this.#setPostgres(`LOCAL ${found[1]} TO ''`);
    // As with SET, the value of search_path is a list.
    return this.#assignPostgres(found[1], found[2].replaceAll("''", "'"));
  }

  /** Takes `RESET name` and `DISCARD ALL`. */
  reset(name: string): void {
    if (/^ALL$/i.test(name)) this.connect(this.database);
    else this.#assignPostgres(name, 'DEFAULT');
  }

  #set(name: string, value: Value): void {
    this.#settings.set(name, value);
    this.#rules = undefined;
  }

  #setMysql(text: string): boolean {
    for (const assignment of splitList(text)) {
      const names = MYSQL_NAMES.exec(assignment);
      if (names?.[1] !== undefined) {
        const encoding = /^DEFAULT$/i.test(names[1]) ? undefined : names[1];
        this.#set('character_set_client', encoding);
        // SET CHARACTER SET sets the connection to the character set of the database, which is unknown.
        this.#set('character_set_connection', /^NAMES/i.test(assignment) ? encoding : undefined);
        continue;
      }
      const found = MYSQL_ASSIGNMENT.exec(assignment);
      if (found === null) return false;
      const [, scope = '', at = '', qualified = '', expression = ''] = found;
      const value = this.#evaluate(expression);
      const lower = qualified.toLowerCase().replaceAll('`', '');
      if (at === '@') {
        this.#variables.set(lower, value);
        continue;
      }
      const [first = '', second] = lower.split('.');
      const isGlobal =
        /^(?:GLOBAL|PERSIST)/i.test(scope) || (second !== undefined && /^(?:global|persist)/.test(first));
      if (!isGlobal && !this.#assignMysql(second ?? first, value)) return false;
    }
    return true;
  }

  /** False if it is not understood. */
  #assignMysql(name: string, value: Value): boolean {
    // Another transaction would begin at each COMMIT.
    if (name === 'completion_type' && value !== undefined && !/^(?:0|NO_CHAIN)$/i.test(String(value))) return false;
    // New databases have it.
    if (/^(?:character_set|collation)_server$/.test(name) && value !== undefined && !/^utf8/i.test(String(value)))
      return false;
    // Rows may then be ones that were deleted: mariadb-dump --dump-history writes them.
    if (name === 'system_versioning_insert_history' && value !== undefined && !/^(?:0|off|false)$/i.test(String(value)))
      return false;
    if (
      /^(?:default_|enforce_|default_tmp_)?storage_engine$/.test(name) &&
      KEEPS_NOTHING.test(`ENGINE=${String(value)}`)
    )
      return false;
    if (name === 'autocommit')
      this.autocommit = value === undefined || value === UNKNOWN || !/^(?:0|off|false)$/i.test(value);
    if (name === 'collation_connection') {
      // The name of a collation begins with its character set: utf8mb4_general_ci.
      this.#set('character_set_connection', typeof value === 'string' ? value.split('_')[0] : value);
      return true;
    }
    this.#set(name, value);
    return true;
  }

  #evaluate(expression: string): Value {
    const text = expression.trim();
    const quoted = /^(?:'((?:[^'\\]|'')*)'|"((?:[^"\\]|"")*)")$/.exec(text);
    if (quoted !== null) return (quoted[1] ?? quoted[2] ?? '').replaceAll("''", "'").replaceAll('""', '"');
    if (/^DEFAULT$/i.test(text)) return undefined;
    if (/^[\w.+-]+$/.test(text)) return text;
    const setting = /^@@(?:(?:session|local|global)\.)?(\w+)$/i.exec(text)?.[1];
    if (setting !== undefined) return this.#settings.get(setting.toLowerCase());
    const variable = /^@([\w$.]+)$/.exec(text)?.[1]?.toLowerCase();
    if (variable !== undefined) return this.#variables.has(variable) ? this.#variables.get(variable) : UNKNOWN;
    const call = /^(IFNULL|COALESCE|CONCAT) ?\(([\s\S]*)\)$/i.exec(text);
    if (call?.[1] === undefined || call[2] === undefined) return UNKNOWN;
    const values = splitList(call[2]).map((part) => this.#evaluate(part));
    if (!/^CONCAT$/i.test(call[1])) return values[0];
    return values.includes(UNKNOWN)
      ? UNKNOWN
      : values.map((value) => (typeof value === 'string' ? value : '')).join('');
  }

  #mysqlRules(): LiteralRules {
    const { dialect, producer } = this.#kind;
    const mode = this.#settings.get('sql_mode');
    const modes =
      typeof mode === 'string'
        ? mode
            .toUpperCase()
            .split(',')
            .map((each) => each.trim())
        : [];
    const client = this.#settings.get('character_set_client');
    const connection = this.#settings.get('character_set_connection');
    const unclear = (['sql_mode', 'character_set_client'] as const).find(
      (name) => this.#settings.get(name) === UNKNOWN,
    );
    const counting = (['auto_increment_increment', 'auto_increment_offset', 'insert_id'] as const).find(
      (name) => (this.#settings.get(name) ?? '1') !== '1',
    );
    // A number, or the sum of several.
    const isNumeric = typeof mode === 'string' && /^[-+.]?\d/.test(mode) && mode !== '0';
    return {
      // xorm only doubles quotes, even for MySQL, regardless of the mode.
      backslashEscapes:
        dialect === 'mysql' &&
        (producer === 'xorm' ? this.#kind.backslashEscapes : !modes.includes('NO_BACKSLASH_ESCAPES')),
      ansiQuotes: modes.some((each) => ANSI_MODES.has(each)),
      oracleFunctions: modes.includes('ORACLE'),
      zeroIsAutomatic: dialect === 'mysql' && producer !== 'xorm' && !modes.includes('NO_AUTO_VALUE_ON_ZERO'),
      // Text is converted through both, so characters missing from either are lost.
      encoding:
        [asText(client), asText(connection)].find((set) => set !== undefined && !isUtf8Name(set)) ??
        (/^(?:us-)?ascii$/i.test(asText(connection) ?? '') ? 'ascii' : asText(client)),
      timeZone: asText(this.#settings.get('time_zone')),
      unclear: unclear ?? counting ?? (isNumeric || modes.includes('EMPTY_STRING_IS_NULL') ? 'sql_mode' : undefined),
    };
  }

  #setPostgres(text: string): boolean {
    // It ends with the transaction.
    if (/^LOCAL (?:TIME ZONE|SCHEMA|search_path|standard_conforming_strings|client_encoding|timezone)\b/i.test(text))
      return false;
    const zone = /^(?:SESSION |LOCAL )?TIME ZONE '?([\w/+-]+)'?$/i.exec(text)?.[1];
    if (zone !== undefined) return this.#assignPostgres('timezone', zone);
    const names = /^NAMES ([\s\S]+)$/i.exec(text)?.[1];
    if (names !== undefined) return this.#assignPostgres('client_encoding', names);
    const schema = /^(?:SESSION |LOCAL )?SCHEMA ([\s\S]+)$/i.exec(text)?.[1];
    if (schema !== undefined) return this.#assignPostgres('search_path', schema);
    if (/^(?:SESSION |LOCAL )?(?:SESSION AUTHORIZATION|XML OPTION|SESSION CHARACTERISTICS)\b/i.test(text)) return true;
    const found = POSTGRES_ASSIGNMENT.exec(text);
    if (found?.[1] === undefined || found[2] === undefined) return false;
    return this.#assignPostgres(found[1], found[2]);
  }

  #assignPostgres(name: string, expression: string): boolean {
    const lower = name.toLowerCase();
    const isDefault = /^DEFAULT$/i.test(expression);
    const text = /^'([^']*)'$/.exec(expression)?.[1] ?? expression;
    switch (lower) {
      case 'search_path':
        this.searchPath = isDefault ? ['public'] : this.#schemas(expression);
        // Then it depends on the order of schemas which tables temporary ones hide.
        return !this.searchPath.some((schema) => schema.startsWith('pg_temp'));
      case 'standard_conforming_strings':
        this.#set(lower, isDefault ? undefined : (booleanWord(text) ?? UNKNOWN));
        return true;
      case 'client_encoding':
      case 'timezone':
        this.#set(lower, isDefault ? undefined : text);
        return true;
      default:
        return true;
    }
  }

  #schemas(list: string): string[] {
    // An element may also be a string, which is not folded.
    return splitList(list)
      .flatMap((part) => {
        const quoted = /^'([^']*)'$/.exec(part.trim())?.[1];
        return quoted === undefined
          ? this.#names.parseAll(part)
          : quoted.split(',').map((each) => each.trim().replaceAll('"', ''));
      })
      .filter((schema) => schema !== '' && schema !== 'pg_catalog' && schema !== '$user');
  }

  #postgresRules(): LiteralRules {
    const standard = this.#settings.get('standard_conforming_strings');
    return {
      backslashEscapes: standard === 'off',
      ansiQuotes: true,
      oracleFunctions: false,
      zeroIsAutomatic: false,
      encoding: asText(this.#settings.get('client_encoding')),
      timeZone: asText(this.#settings.get('timezone')),
      unclear: standard === UNKNOWN ? 'standard_conforming_strings' : undefined,
    };
  }
}

const asText = (value: Value): string | undefined => (typeof value === 'string' ? value : undefined);

/** How PostgreSQL reads `on` and `off`: parse_bool in src/backend/utils/adt/bool.c@REL_15_0 */
function booleanWord(text: string): 'on' | 'off' | undefined {
  const word = text.trim().toLowerCase();
  if (word === '') return undefined;
  if (['true', 'yes'].some((full) => full.startsWith(word)) || ['on', '1'].includes(word)) return 'on';
  if (['false', 'no'].some((full) => full.startsWith(word)) || ['of', 'off', '0'].includes(word)) return 'off';
  return undefined;
}
