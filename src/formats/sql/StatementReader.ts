/**
 * Determines what a statement of a dump does to rows, tables and names. A statement is either known to be harmless, or
 * understood, or rejected, because an engine would execute anything that is skipped here.
 *
 * Statements are given without comments and with single spaces: see plainStatement.ts.
 */

import type { Dialect } from './Dialect.js';
import { type QualifiedName, SQL_NAMES, type SqlNames } from './SqlNames.js';
import { splitList } from './SqlSession.js';

export type Meaning =
  /** Changes neither rows nor tables. `table`: the table it concerns. */
  | { readonly kind: 'harmless'; readonly table?: QualifiedName }
  /** Settings of the session. */
  | { readonly kind: 'set' | 'set-config' }
  | { readonly kind: 'reset'; readonly name: string }
  | { readonly kind: 'use'; readonly database: string }
  /** `session`: also resets settings. */
  | { readonly kind: 'connect'; readonly database: string | undefined }
  | { readonly kind: 'encoding'; readonly encoding: string }
  | { readonly kind: 'attach' | 'detach'; readonly schema: string }
  | {
      readonly kind: 'create-table';
      readonly table: QualifiedName;
      readonly temporary: boolean;
      readonly ifNotExists: boolean;
      readonly orReplace: boolean;
    }
  | { readonly kind: 'create-view'; readonly table: QualifiedName }
  /** A trigger or a rule: from then on, rows of the table have effects that cannot be tracked. */
  | { readonly kind: 'create-trigger'; readonly table: QualifiedName }
  | { readonly kind: 'drop-tables'; readonly tables: readonly QualifiedName[] }
  | { readonly kind: 'drop-database'; readonly database: string }
  | { readonly kind: 'drop-schema'; readonly schemas: readonly string[] }
  | {
      readonly kind: 'sequence';
      readonly sequence: QualifiedName;
      readonly owner?: QualifiedName;
      readonly nextId?: bigint;
    }
  /** Changes existing rows, if there are any. `tables`: undefined if unknown. */
  | { readonly kind: 'change-rows'; readonly tables: readonly QualifiedName[] | undefined }
  /** Adds rows that are not in the dump. */
  | { readonly kind: 'add-rows'; readonly table: QualifiedName | undefined }
  /** Changes a table in a way that cannot be tracked. */
  | { readonly kind: 'change-table'; readonly table: QualifiedName }
  | { readonly kind: 'alter-table'; readonly table: QualifiedName; readonly details: AlterDetails }
  | { readonly kind: 'begin' | 'commit' | 'rollback' | 'rollback-to' }
  /** Within a transaction, or in SQLite instead of one. */
  | { readonly kind: 'savepoint' | 'release'; readonly name: string }
  | { readonly kind: 'prepare' | 'execute'; readonly name: string; readonly isKnown: boolean }
  | { readonly kind: 'unknown' };

/** The relevant clauses of an ALTER TABLE. */
export interface AlterDetails {
  readonly nextId: bigint | undefined;
  /** Columns that are redefined with a type, which must be unchanged: phpMyAdmin adds AUTO_INCREMENT this way. */
  readonly modified: readonly { readonly column: string; readonly type: string }[];
  /** Columns with a new default from then on. */
  readonly defaults: readonly string[];
  /** The columns of each added key. */
  readonly keys: readonly (readonly string[])[];
}

/** Storage engines that store no rows themselves. */
const KEEPS_NOTHING =
  /\bENGINE ?=? ?(?:BLACKHOLE|MERGE|MRG_MYISAM|FEDERATEDX?|CONNECT|SPIDER|SEQUENCE|PERFORMANCE_SCHEMA|NDB|NDBCLUSTER|S3|OQGRAPH|SPHINX)\b/i;
const BELONGS = /\bINHERITS ?\(|\bPARTITION OF\b/i;

type Patterns = ReturnType<typeof patternsOf>;

const HARMLESS: Meaning = { kind: 'harmless' };
const UNKNOWN: Meaning = { kind: 'unknown' };

/** Objects without rows. */
const OBJECTS =
  '(?:ACCESS METHOD|AGGREGATE|CAST|COLLATION|CONVERSION|(?:DEFAULT )?CONVERSION|DEFAULT PRIVILEGES|DOMAIN|EVENT(?: TRIGGER)?|' +
  'EXTENSION|FOREIGN DATA WRAPPER|FUNCTION|GROUP|INDEX|INSTANCE|LANGUAGE|LARGE OBJECT|LOGFILE GROUP|OPERATOR(?: CLASS| FAMILY)?|' +
  'PACKAGE(?: BODY)?|POLICY|PROCEDURE|(?:PROCEDURAL |TRUSTED |TRUSTED PROCEDURAL )?LANGUAGE|PUBLICATION|RESOURCE GROUP|ROLE|ROUTINE|SERVER|SPATIAL REFERENCE SYSTEM|' +
  'STATISTICS|SUBSCRIPTION|SYSTEM|TABLESPACE|TEXT SEARCH \\w+|TRANSFORM|TYPE|UNDO TABLESPACE|USER(?: MAPPING)?)';
const DEFINER =
  '(?:OR REPLACE |AGGREGATE |UNIQUE |FULLTEXT |SPATIAL |CONCURRENTLY |TRUSTED |(?:DEFINER ?= ?\\S+ ?(?:@ ?\\S+ )?)|SQL SECURITY \\w+ |ALGORITHM ?= ?\\w+ )*';
const CREATE_OBJECT = new RegExp(`^CREATE ${DEFINER}${OBJECTS}\\b`, 'i');
const ALTER_OBJECT = new RegExp(
  `^ALTER (?:${OBJECTS}|DATABASE|MATERIALIZED VIEW|VIEW|SCHEMA|TRIGGER|RULE|ALGORITHM|DEFINER|SQL SECURITY)\\b`,
  'i',
);
const DROP_OBJECT = new RegExp(
  `^DROP (?:${OBJECTS}|MATERIALIZED VIEW|VIEW|TRIGGER|RULE|SEQUENCE|PREPARE|TEMPORARY SEQUENCE)\\b`,
  'i',
);
/** First words of statements that neither contain rows nor change tables. */
const HARMLESS_WORDS =
  /^(?:CHANGE (?:MASTER|REPLICATION)|CHECK TABLES?|CHECKPOINT|CHECKSUM|CLOSE|CLUSTER|COMMENT|DEALLOCATE|(?:DESC|DESCRIBE|EXPLAIN) (?!.*\bANALY[SZ]E\b)|FLUSH|GRANT|HELP|KILL|LISTEN|LOCK|NOTIFY|OPTIMIZE|PRAGMA|PURGE|REASSIGN|REFRESH|REINDEX|REPAIR|REVOKE|SECURITY LABEL|SHOW|START (?:SLAVE|REPLICA|GROUP_REPLICATION)|STOP (?:SLAVE|REPLICA|GROUP_REPLICATION)|UNLISTEN|UNLOCK|VACUUM)\b/is;
const BEGIN =
  /^(?:BEGIN|START TRANSACTION)(?:,? (?:WORK|TRANSACTION|DEFERRED|IMMEDIATE|EXCLUSIVE|CONCURRENT|READ (?:ONLY|WRITE|COMMITTED|UNCOMMITTED)|ISOLATION LEVEL|REPEATABLE READ|SERIALIZABLE|NOT DEFERRABLE|DEFERRABLE|WITH CONSISTENT SNAPSHOT))*$/i;
const COMMIT = /^(?:COMMIT|END)(?: (?:WORK|TRANSACTION))?(?: AND(?: NO)? CHAIN)?(?: (?:NO )?RELEASE)?$/i;
const ROLLBACK = /^(?:ROLLBACK|ABORT)\b/i;

/** Functions that a SELECT may call: they only read, or change nothing in the rows of tables. */
const HARMLESS_CALLS =
  /^(?:pg_catalog\.)?(?:setval|pg_get_serial_sequence|set_config|current_setting|lo_(?:create|creat|open|close|unlink|lseek)|lowrite|loread|pg_restore_\w+_stats|pg_extension_config_dump|version|now|count|max|min|concat|char|ifnull|coalesce|if|database|user)$/i;
const CALL = /([\w$."`]+) ?\(/g;
const SETVAL =
  /^(?:SELECT|DO) (?:pg_catalog\.)?setval ?\( ?(?:'((?:[^']|'')+)'(?:::(?:pg_catalog\.)?regclass)?|([\w`."]+)) ?, ?(\d+) ?(?:, ?(true|false|[01]) ?)?(?:, ?\d+ ?)?\)$/i;

/** Clauses of ALTER TABLE that do not change rows or columns. */
const HARMLESS_CLAUSES: readonly RegExp[] = [
  /^ADD (?:CONSTRAINT|PRIMARY KEY|UNIQUE|KEY|INDEX|FULLTEXT|SPATIAL|FOREIGN KEY|CHECK|EXCLUDE)\b/i,
  /^(?:DROP (?:CONSTRAINT|PRIMARY KEY|KEY|INDEX|FOREIGN KEY|CHECK)|RENAME (?:INDEX|KEY|CONSTRAINT)|VALIDATE CONSTRAINT|ALTER (?:INDEX|CONSTRAINT|CHECK))\b/i,
  /^(?:OWNER TO|(?:DISABLE|ENABLE)(?: ALWAYS| REPLICA)? (?:KEYS|TRIGGER|RULE|ROW LEVEL SECURITY)|REPLICA IDENTITY|CLUSTER ON|FORCE ROW|NO FORCE ROW|SET (?:WITHOUT|WITH|LOGGED|UNLOGGED|TABLESPACE|ACCESS METHOD|\()|RESET ?\()/i,
  /^ALTER (?:COLUMN )?(?:\S+|"[^"]*") (?:SET (?:DEFAULT|NOT NULL|STATISTICS|STORAGE|COMPRESSION|GENERATED|\()|DROP (?:DEFAULT|NOT NULL|IDENTITY|EXPRESSION)|RESET ?\(|ADD GENERATED)/i,
  /^(?:AUTO_INCREMENT|ENGINE|COMMENT|ROW_FORMAT|STATS_\w+|KEY_BLOCK_SIZE|CHECKSUM|AVG_ROW_LENGTH|MAX_ROWS|MIN_ROWS|PACK_KEYS|DELAY_KEY_WRITE|COLLATE|TABLESPACE|ENCRYPTION|COMPRESSION|INSERT_METHOD|TRANSACTIONAL|PAGE_CHECKSUM|(?:DEFAULT )?(?:COLLATE|CHARSET|CHARACTER SET))\b/i,
  /^CONVERT TO (?:CHARACTER SET|CHARSET) utf8(?:mb[34])?(?: COLLATE \w+)?$/i,
  /^(?:LOCK|ALGORITHM) ?=/i,
];
const NOTHING_ALTERED: AlterDetails = { nextId: undefined, modified: [], defaults: [], keys: [] };

/** psql commands that only affect the terminal: https://www.postgresql.org/docs/15/app-psql.html */
const HARMLESS_PSQL =
  /^\\(?!set\s+(?:AUTOCOMMIT|SINGLELINE|ON_ERROR_ROLLBACK)\b)(?:restrict|unrestrict|echo|qecho|warn|timing|pset|x|a|t|H|f|C|T|p|r|reset|set|unset|o|errverbose|conninfo|d\S*|l|h|\?|s|cd)(?:\s|$)/;
/** sqlite3 commands that change neither the database nor how statements are read: https://www.sqlite.org/cli.html */
const HARMLESS_SQLITE =
  /^\.(?:dbconfig|bail|echo|headers?|mode|timer|print|changes|nullvalue|width|output|show|stats|eqp|timeout|once|explain|prompt|tables|schema|indexes|databases|version|log|trace|scanstats|binary|progress|crlf|crnl)\b/i;

export class StatementReader {
  readonly #dialect: Dialect;
  readonly #names: SqlNames;
  readonly #patterns: Patterns;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
    this.#names = SQL_NAMES[dialect];
    this.#patterns = patternsOf(this.#names);
  }

  read(statement: string): Meaning {
    if (statement === '') return HARMLESS;
    const word = /^[\\.]?\w*/.exec(statement)?.[0].toUpperCase() ?? '';
    if (word.startsWith('\\')) return this.#psqlCommand(statement);
    if (word.startsWith('.')) return HARMLESS_SQLITE.test(statement) ? HARMLESS : UNKNOWN;
    switch (word) {
      case 'SET':
        return /^SET STATEMENT\b/i.test(statement) ? UNKNOWN : { kind: 'set' };
      case 'RESET':
        return this.#reset(statement);
      case 'DISCARD':
        return { kind: 'reset', name: 'ALL' };
      case 'USE': {
        const database = this.#one(this.#patterns.use, statement);
        return database === undefined ? UNKNOWN : { kind: 'use', database: database.name };
      }
      case 'ATTACH':
      case 'DETACH': {
        const schema = this.#one(word === 'ATTACH' ? this.#patterns.attach : this.#patterns.detach, statement);
        return schema === undefined ? UNKNOWN : { kind: word === 'ATTACH' ? 'attach' : 'detach', schema: schema.name };
      }
      case 'CREATE':
        return this.#create(statement);
      case 'ALTER':
        return this.#alter(statement);
      case 'DROP':
        return this.#drop(statement);
      case 'RENAME':
        return /^RENAME USER\b/i.test(statement) ? HARMLESS : { kind: 'change-rows', tables: undefined };
      case 'INSERT':
      case 'REPLACE':
        return { kind: 'add-rows', table: this.#one(this.#patterns.into, statement) };
      case 'LOAD':
        return { kind: 'add-rows', table: this.#one(this.#patterns.load, statement) };
      case 'COPY':
        return this.#copy(statement);
      case 'UPDATE':
        return { kind: 'change-rows', tables: this.#alone(this.#patterns.update, statement) };
      case 'DELETE':
        return { kind: 'change-rows', tables: this.#alone(this.#patterns.delete, statement) };
      case 'TRUNCATE':
        return this.#truncate(statement);
      case 'SELECT':
      case 'DO':
      case 'VALUES':
        return this.#select(statement);
      case 'PREPARE':
      case 'EXECUTE':
        return this.#prepared(statement);
      case 'COMMENT':
        return this.#harmless(this.#patterns.comment, statement);
      case 'ANALYZE':
        // MariaDB's ANALYZE INSERT inserts.
        if (this.#dialect === 'mysql' && !/^ANALYZE (?:NO_WRITE_TO_BINLOG |LOCAL )?TABLE /i.test(statement))
          return UNKNOWN;
        return this.#harmless(this.#patterns.analyze, statement);
      case 'SAVEPOINT':
      case 'RELEASE': {
        const savepoint = this.#one(this.#patterns.savepoint, statement);
        if (savepoint === undefined) return UNKNOWN;
        return { kind: word === 'SAVEPOINT' ? 'savepoint' : 'release', name: savepoint.name.toLowerCase() };
      }
    }
    if (BEGIN.test(statement)) return { kind: 'begin' };
    if (COMMIT.test(statement)) return { kind: 'commit' };
    if (ROLLBACK.test(statement)) return { kind: /\bTO\b/i.test(statement) ? 'rollback-to' : 'rollback' };
    return HARMLESS_WORDS.test(statement) ? HARMLESS : UNKNOWN;
  }

  /** A name without its quotes. */
  nameOf(text: string): string {
    return this.#names.parse(text).name;
  }

  /** The name that a pattern matches. */
  #one(pattern: RegExp, statement: string): QualifiedName | undefined {
    const found = pattern.exec(statement)?.[1];
    return found === undefined ? undefined : this.#names.parse(found);
  }

  #alone(pattern: RegExp, statement: string): QualifiedName[] | undefined {
    const table = this.#one(pattern, statement);
    return table === undefined ? undefined : [table];
  }

  #harmless(pattern: RegExp, statement: string): Meaning {
    const table = this.#one(pattern, statement);
    return table === undefined ? HARMLESS : { kind: 'harmless', table };
  }

  #psqlCommand(line: string): Meaning {
    const connected = /^\\c(?:onnect)?(?:\s+([\s\S]*))?$/.exec(line);
    if (connected !== null) return connection(connected[1]?.trim() ?? '', this.#names);
    const encoding = /^\\encoding\s+'?([\w-]+)/.exec(line)?.[1];
    if (encoding !== undefined) return { kind: 'encoding', encoding };
    return HARMLESS_PSQL.test(line) ? HARMLESS : UNKNOWN;
  }

  #reset(statement: string): Meaning {
    if (this.#dialect !== 'postgres') return HARMLESS;
    const name = /^RESET ([\w.]+)$/i.exec(statement)?.[1];
    if (name !== undefined) return { kind: 'reset', name };
    return /^RESET (?:TIME ZONE|SESSION AUTHORIZATION)$/i.test(statement) ? HARMLESS : UNKNOWN;
  }

  #create(statement: string): Meaning {
    const { createTable, createIndex, createView, createTrigger, createRule } = this.#patterns;
    const table = createTable.exec(statement);
    if (table?.[4] !== undefined) {
      // Its rows would also be rows of another table.
      if (this.#dialect === 'postgres' && BELONGS.test(withoutStrings(statement))) return UNKNOWN;
      if (this.#dialect === 'mysql' && KEEPS_NOTHING.test(withoutStrings(statement))) return UNKNOWN;
      return {
        kind: 'create-table',
        table: this.#names.parse(table[4]),
        orReplace: table[1] !== undefined,
        temporary: /\bTEMP/i.test(table[2] ?? ''),
        ifNotExists: table[3] !== undefined,
      };
    }
    const view = this.#one(createView, statement);
    if (view !== undefined) return { kind: 'create-view', table: view };
    const trigger = this.#one(createTrigger, statement) ?? this.#one(createRule, statement);
    if (trigger !== undefined) return { kind: 'create-trigger', table: trigger };
    const index = this.#one(createIndex, statement);
    if (index !== undefined) return { kind: 'harmless', table: index };
    const sequence = this.#one(this.#patterns.sequence, statement);
    if (sequence !== undefined) return { kind: 'sequence', sequence };
    if (/^CREATE (?:OR REPLACE )?(?:DATABASE|SCHEMA)\b/i.test(statement)) {
      // A schema may be created together with its contents.
      return /\bCREATE\b.*\bCREATE\b/is.test(statement) ? UNKNOWN : HARMLESS;
    }
    return CREATE_OBJECT.test(statement) ? HARMLESS : UNKNOWN;
  }

  #alter(statement: string): Meaning {
    const owned = this.#patterns.sequenceOwner.exec(statement);
    if (owned?.[1] !== undefined && owned[2] !== undefined) {
      const column = this.#names.parseAll(owned[2]);
      const [qualifier, name] = column.slice(-3, -1).length === 2 ? column.slice(-3, -1) : [undefined, column.at(-2)];
      const owner = name === undefined ? undefined : qualifier === undefined ? { name } : { qualifier, name };
      return { kind: 'sequence', sequence: this.#names.parse(owned[1]), ...(owner === undefined ? {} : { owner }) };
    }
    const sequence = this.#one(this.#patterns.sequence, statement);
    if (sequence !== undefined) return { kind: 'sequence', sequence };
    const table = this.#patterns.alterTable.exec(statement);
    if (table?.[1] !== undefined)
      return this.#alterTable(this.#names.parse(table[1]), statement.slice(table[0].length));
    if (/^ALTER (?:DATABASE|SCHEMA)\b.*\bRENAME TO\b/is.test(statement)) return UNKNOWN;
    if (/\bSET standard_conforming_strings\b/i.test(statement)) return UNKNOWN;
    return ALTER_OBJECT.test(statement) ? HARMLESS : UNKNOWN;
  }

  #alterTable(table: QualifiedName, text: string): Meaning {
    const details = { nextId: undefined as bigint | undefined, modified: [] as AlterDetails['modified'][number][] };
    const defaults: string[] = [];
    const keys: string[][] = [];
    for (const clause of splitList(text)) {
      // Rows of one table would also be rows of another.
      if (/^(?:INHERIT|NO INHERIT|ATTACH|DETACH)\b/i.test(clause)) return UNKNOWN;
      const modified = this.#patterns.modify.exec(clause);
      if (modified?.[1] !== undefined && modified[2] !== undefined) {
        if (/\b(?:FIRST|AFTER)\b/i.test(modified[2])) return { kind: 'change-table', table };
        details.modified.push({ column: this.#names.unquote(modified[1]), type: modified[2] });
        continue;
      }
      const isHarmless = HARMLESS_CLAUSES.some((pattern) => pattern.test(clause));
      if (!isHarmless) return { kind: 'change-table', table };
      const nextId = /^AUTO_INCREMENT ?=? ?(\d+)$/i.exec(clause)?.[1];
      if (nextId !== undefined) details.nextId = BigInt(nextId);
      const column = this.#one(this.#patterns.alterDefault, clause);
      if (column !== undefined) defaults.push(column.name);
      const key = this.#patterns.addKey.exec(clause)?.[1];
      if (key !== undefined) keys.push(this.#names.parseAll(key));
    }
    return { kind: 'alter-table', table, details: { ...NOTHING_ALTERED, ...details, defaults, keys } };
  }

  #drop(statement: string): Meaning {
    const tables = this.#patterns.dropTables.exec(statement)?.[1];
    if (tables !== undefined) return { kind: 'drop-tables', tables: this.#list(tables) };
    const database = this.#one(this.#patterns.dropDatabase, statement);
    if (database !== undefined) return { kind: 'drop-database', database: database.name };
    const schemas = this.#patterns.dropSchemas.exec(statement)?.[1];
    if (schemas !== undefined) {
      const names = this.#list(schemas).map(({ name }) => name);
      // MySQL's schemas are its databases.
      return this.#dialect === 'mysql'
        ? { kind: 'drop-database', database: names[0] ?? '' }
        : { kind: 'drop-schema', schemas: names };
    }
    if (!DROP_OBJECT.test(statement)) return UNKNOWN;
    // It may also drop columns and tables.
    return /\bCASCADE$/i.test(statement) ? { kind: 'change-rows', tables: undefined } : HARMLESS;
  }

  #list(names: string): QualifiedName[] {
    return splitList(names).map((name) => this.#names.parse(name));
  }

  #copy(statement: string): Meaning {
    if (this.#patterns.copyTo.test(statement)) return HARMLESS;
    return { kind: 'add-rows', table: this.#one(this.#patterns.copy, statement) };
  }

  #truncate(statement: string): Meaning {
    const tables = this.#patterns.truncate.exec(statement)?.[1];
    return { kind: 'change-rows', tables: tables === undefined ? undefined : this.#list(tables) };
  }

  #select(statement: string): Meaning {
    const setval = SETVAL.exec(statement);
    const name = setval?.[1]?.replaceAll("''", "'") ?? setval?.[2];
    if (setval?.[3] !== undefined && name !== undefined) {
      const isCalled = setval[4] === undefined || /^(?:true|1)$/i.test(setval[4]);
      return {
        kind: 'sequence',
        sequence: this.#names.parse(name),
        nextId: BigInt(setval[3]) + (isCalled ? 1n : 0n),
      };
    }
    if (!/^SELECT /i.test(statement)) return UNKNOWN;
    if (/^SELECT (?:pg_catalog\.)?set_config ?\(/i.test(statement)) return { kind: 'set-config' };
    const plain = withoutStrings(statement);
    if (/\bINTO (?!@)/i.test(plain)) return UNKNOWN;
    return [...plain.matchAll(CALL)].every(([, called = '']) => HARMLESS_CALLS.test(called)) ? HARMLESS : UNKNOWN;
  }

  /** Percona's mysqldump prepares statements that set rocksdb_bulk_load: client/mysqldump.cc. */
  #prepared(statement: string): Meaning {
    const found = /^(PREPARE|EXECUTE) (\w+)(?: FROM (@\w+))?$/i.exec(statement);
    if (found?.[1] === undefined || found[2] === undefined) return UNKNOWN;
    const isKnown = /^@rocksdb_/i.test(found[3] ?? '');
    return { kind: /^PREPARE$/i.test(found[1]) ? 'prepare' : 'execute', name: found[2], isKnown };
  }
}

const withoutStrings = (statement: string): string => statement.replaceAll(/'(?:[^'\\]|''|\\.)*'/gs, "''");

/** Reads the arguments of `\connect`: a name, options before it, or a connection string. */
function connection(text: string, names: SqlNames): Meaning {
  const argument = text.replace(/^-reuse-previous=\S+\s+/, '');
  const quoted = /^(?:"((?:[^"]|"")*)"|'((?:[^'\\]|''|\\.)*)')/.exec(argument);
  const value = quoted?.[1]?.replaceAll('""', '"') ?? quoted?.[2]?.replaceAll("''", "'");
  const given = value ?? /^\S+/.exec(argument)?.[0] ?? '';
  // psql's `-` keeps the current database.
  if (given === '-' || given === '') return { kind: 'connect', database: undefined };
  const dbname = /\bdbname\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S+))/.exec(given);
  if (dbname !== null) return { kind: 'connect', database: (dbname[1] ?? dbname[2] ?? '').replaceAll(/\\(.)/g, '$1') };
  if (/^postgres(?:ql)?:\/\//.test(given)) {
    const path = /^\w+:\/\/[^/]*\/([^?]+)/.exec(given)?.[1];
    return path === undefined ? UNKNOWN : { kind: 'connect', database: decodeURIComponent(path) };
  }
  return { kind: 'connect', database: value ?? names.unquote(given) };
}

function patternsOf({ name, qualified, columns }: SqlNames) {
  const pattern = (source: string): RegExp => new RegExp(source, 'is');
  const list = `${qualified}(?: ?, ?${qualified})*`;
  const exists = '(?:IF (?:NOT )?EXISTS )?';
  return {
    use: pattern(`^USE (?:DATABASE )?(${name})$`),
    attach: pattern(`^ATTACH (?:DATABASE )?.*? AS (${name})$`),
    detach: pattern(`^DETACH (?:DATABASE )?(${name})$`),
    createTable: pattern(
      `^CREATE (OR REPLACE )?((?:GLOBAL |LOCAL )?(?:TEMPORARY |TEMP |UNLOGGED |FOREIGN |VIRTUAL )?)TABLE (IF NOT EXISTS )?(${qualified})`,
    ),
    createIndex: pattern(`^CREATE (?:\\w+ )*?INDEX .*? ON (?:ONLY )?(${qualified})`),
    createView: pattern(
      `^CREATE (?:OR REPLACE |TEMP |TEMPORARY |RECURSIVE |MATERIALIZED |ALGORITHM ?= ?\\w+ |DEFINER ?= ?\\S+ ?(?:@ ?\\S+ )?|SQL SECURITY \\w+ )*VIEW ${exists}(${qualified})`,
    ),
    createTrigger: pattern(`^CREATE (?:(?!TRIGGER )\\S+ )*TRIGGER ${exists}${qualified} .*? ON (${qualified})`),
    createRule: pattern(`^CREATE (?:OR REPLACE )?RULE ${name} AS ON \\w+ TO (${qualified})`),
    alterTable: pattern(`^ALTER (?:FOREIGN )?TABLE ${exists}(?:ONLY )?(${qualified})(?: ?\\*)? `),
    alterDefault: pattern(
      `^ALTER (?:COLUMN )?(${name}) (?:SET DEFAULT|DROP DEFAULT|ADD GENERATED|DROP IDENTITY|SET GENERATED)\\b`,
    ),
    addKey: pattern(`^ADD (?:CONSTRAINT (?:${name} )?)?(?:PRIMARY KEY|UNIQUE(?: KEY| INDEX)?)[^(]*${columns}`),
    modify: pattern(`^MODIFY (?:COLUMN )?(${name}) ([\\s\\S]+)$`),
    savepoint: pattern(`^(?:RELEASE )?(?:SAVEPOINT )?(${name})$`),
    comment: pattern(`^COMMENT ON (?:TABLE|COLUMN) (${qualified}) IS\\b`),
    analyze: pattern(`^ANALYZE (?:TABLE )?(${qualified})`),
    dropTables: pattern(`^DROP (?:TEMPORARY )?TABLES? ${exists}(${list})(?: CASCADE| RESTRICT)?$`),
    dropDatabase: pattern(`^DROP DATABASE ${exists}(${name})`),
    dropSchemas: pattern(`^DROP SCHEMA ${exists}(${list})`),
    sequence: pattern(
      `^(?:CREATE|ALTER|DROP) (?:OR REPLACE )?(?:TEMPORARY |TEMP |UNLOGGED )?SEQUENCE ${exists}(${qualified})`,
    ),
    sequenceOwner: pattern(`^ALTER SEQUENCE ${exists}(${qualified}) OWNED BY (${qualified})`),
    into: pattern(
      `^(?:INSERT|REPLACE)(?: (?:LOW_PRIORITY|HIGH_PRIORITY|DELAYED|IGNORE|OR \\w+))* (?:INTO )?(${qualified})`,
    ),
    load: pattern(`^LOAD (?:DATA|XML) .*? INTO TABLE (${qualified})`),
    copy: pattern(`^COPY (?:ONLY )?(${qualified}) ?(?:\\(.*?\\) ?)?FROM\\b`),
    copyTo: pattern(`^COPY (?:${qualified} ?(?:\\(.*?\\) ?)?|\\(.*\\) ?)TO\\b`),
    update: pattern(`^UPDATE (?:(?:LOW_PRIORITY|IGNORE|ONLY|OR \\w+) )*(${qualified}) (?:AS ${name} )?SET\\b`),
    delete: pattern(
      `^DELETE (?:(?:LOW_PRIORITY|QUICK|IGNORE) )*FROM (?:ONLY )?(${qualified})(?: (?:AS ${name}|WHERE|ORDER|LIMIT|RETURNING)\\b.*)?$`,
    ),
    truncate: pattern(`^TRUNCATE (?:TABLE )?(?:ONLY )?(${list})(?: (?:RESTART|CONTINUE) IDENTITY)?(?: RESTRICT)?$`),
  };
}
