/**
 * Determines what a statement of a dump does to rows, tables and names. A statement is either known to be harmless, or
 * understood, or rejected, because an engine would execute anything that is skipped here.
 *
 * Statements are given without comments and with single spaces: see plainStatement.ts.
 */

import type { Dialect } from '../syntax/Dialect.js';
import { type QualifiedName, SQL_NAMES, type SqlNames } from '../syntax/SqlNames.js';
import { splitList } from '../syntax/splitList.js';
import type { AlterDetails, Meaning } from './Meaning.js';
import {
  ACTIVE,
  ALTER_OBJECT,
  BEGIN,
  BELONGS,
  CALL,
  COMMIT,
  COMPUTED_SETVAL,
  CREATE_INDEX,
  CREATE_OBJECT,
  DEFINES_KEY,
  DROP_OBJECT,
  DROPPED_AT_ONCE,
  DROPS_TEMPORARY,
  HARMLESS_CALLS,
  HARMLESS_CLAUSES,
  HARMLESS_DOMAIN,
  HARMLESS_PSQL,
  HARMLESS_SQLITE,
  HARMLESS_WORDS,
  KEEPS_NOTHING,
  OTHER_ENCODING,
  PSQL_QUOTED,
  patternsOf,
  RESTORES_ROLE,
  ROLLBACK,
  SETVAL,
} from './statementPatterns.js';

const HARMLESS: Meaning = { kind: 'harmless' };
const UNKNOWN: Meaning = { kind: 'unknown' };

export class StatementReader {
  readonly #dialect: Dialect;
  readonly #names: SqlNames;
  readonly #patterns: ReturnType<typeof patternsOf>;

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
        return this.#discard(statement);
      case 'USE': {
        const database = this.#patterns.use.exec(statement)?.[1];
        return database === undefined ? UNKNOWN : { kind: 'use', database: this.#names.unquote(database) };
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
      case 'PRAGMA':
        return OTHER_ENCODING.test(statement) || DROPS_TEMPORARY.test(statement) ? UNKNOWN : HARMLESS;
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
    // A statement or another command may follow on the same line.
    if (line.slice(1).replaceAll(PSQL_QUOTED, '').includes('\\')) return UNKNOWN;
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

  #discard(statement: string): Meaning {
    const what = /^DISCARD (ALL|PLANS|SEQUENCES|TEMP(?:ORARY)?)$/i.exec(statement)?.[1]?.toUpperCase();
    if (what === undefined || this.#dialect !== 'postgres') return UNKNOWN;
    if (what === 'PLANS' || what === 'SEQUENCES') return HARMLESS;
    return { kind: 'discard', settings: what === 'ALL' };
  }

  #create(statement: string): Meaning {
    const { createTable, createIndex, createView, createTrigger, createRule } = this.#patterns;
    const table = createTable.exec(statement);
    if (table?.[4] !== undefined) {
      // Its rows would also be rows of another table.
      const isElsewhere = (text: string): boolean => BELONGS.test(text) || DROPPED_AT_ONCE.test(text);
      if (this.#dialect === 'postgres' && isElsewhere(withoutStrings(statement))) return UNKNOWN;
      if (this.#dialect === 'mysql' && KEEPS_NOTHING.test(withoutStrings(statement))) return UNKNOWN;
      return {
        kind: 'create-table',
        table: this.#names.parse(table[4]),
        orReplace: table[1] !== undefined,
        temporary: /\bTEMP/i.test(table[2] ?? ''),
        ifNotExists: table[3] !== undefined,
      };
    }
    const [, domain, type] = this.#patterns.createDomain.exec(statement) ?? [];
    if (domain !== undefined && type !== undefined)
      return { kind: 'create-domain', name: this.#names.parse(domain).name, type };
    const created = this.#one(this.#patterns.createFunction, statement);
    if (created !== undefined) {
      // It would be called instead of the function of that name that is known to be harmless.
      if (HARMLESS_CALLS.test(created.name)) return UNKNOWN;
      return { kind: 'create-function', name: created.name, isActive: ACTIVE.test(statement) };
    }
    const view = createView.exec(statement);
    if (view?.[2] !== undefined)
      return { kind: 'create-view', view: this.#names.parse(view[2]), temporary: /\bTEMP/i.test(view[1] ?? '') };
    const trigger = this.#one(createTrigger, statement) ?? this.#one(createRule, statement);
    if (trigger !== undefined)
      return { kind: 'create-trigger', table: trigger, makesView: this.#patterns.onSelect.test(statement) };
    const index = this.#one(createIndex, statement);
    if (index !== undefined) return { kind: 'harmless', table: index };
    if (CREATE_INDEX.test(statement)) return UNKNOWN;
    const sequence = this.#one(this.#patterns.sequence, statement);
    if (sequence !== undefined) return { kind: 'sequence', sequence };
    const charset = this.#charset(statement);
    if (charset !== undefined) return charset;
    if (/^CREATE (?:OR REPLACE )?(?:DATABASE|SCHEMA)\b/i.test(statement)) {
      // A schema may be created together with its contents.
      if (/\bCREATE\b.*\bCREATE\b/is.test(statement)) return UNKNOWN;
      const schema = this.#one(this.#patterns.createSchema, statement);
      return schema === undefined ? HARMLESS : { kind: 'create-schema', schema: schema.name };
    }
    return CREATE_OBJECT.test(statement) ? HARMLESS : UNKNOWN;
  }

  #alter(statement: string): Meaning {
    const owned = this.#patterns.sequenceOwner.exec(statement);
    if (owned?.[1] !== undefined && owned[2] !== undefined) {
      const owner = this.#names.parseTableOf(owned[2]);
      return { kind: 'sequence', sequence: this.#names.parse(owned[1]), owner };
    }
    const sequence = this.#one(this.#patterns.sequence, statement);
    if (sequence !== undefined) return { kind: 'sequence', sequence };
    const table = this.#patterns.alterTable.exec(statement);
    if (table?.[1] !== undefined)
      return this.#alterTable(this.#names.parse(table[1]), statement.slice(table[0].length));
    if (/^ALTER (?:DATABASE|SCHEMA|(?:MATERIALIZED )?VIEW)\b.*\bRENAME TO\b/is.test(statement)) return UNKNOWN;
    // PostgreSQL renames a table as well.
    const index = this.#dialect === 'postgres' ? this.#one(this.#patterns.alterIndex, statement) : undefined;
    if (index !== undefined) return { kind: 'rename-table', table: index };
    const charset = this.#charset(statement);
    if (charset !== undefined) return charset;
    if (/\bSET standard_conforming_strings\b/i.test(statement)) return UNKNOWN;
    if (/^ALTER DOMAIN\b/i.test(statement) && !HARMLESS_DOMAIN.test(statement)) return UNKNOWN;
    return ALTER_OBJECT.test(statement) ? HARMLESS : UNKNOWN;
  }

  #alterTable(table: QualifiedName, text: string): Meaning {
    let nextId: bigint | undefined;
    const modified: AlterDetails['modified'][number][] = [];
    const defaults: string[] = [];
    const keys: string[][] = [];
    const clauses = splitList(text);
    if (clauses.some((clause) => this.#patterns.renames.test(clause))) return { kind: 'rename-table', table };
    for (const clause of clauses) {
      // Rows of one table would also be rows of another.
      if (/^(?:INHERIT|NO INHERIT|ATTACH|DETACH)\b/i.test(clause)) return UNKNOWN;
      const [, changed, type] = this.#patterns.modify.exec(clause) ?? [];
      if (changed !== undefined && type !== undefined) {
        if (/\b(?:FIRST|AFTER)\b/i.test(type)) return { kind: 'change-table', table };
        modified.push({ column: this.#names.unquote(changed), type });
        if (DEFINES_KEY.test(withoutStrings(type))) keys.push([this.#names.unquote(changed)]);
        continue;
      }
      const isHarmless = !KEEPS_NOTHING.test(clause) && HARMLESS_CLAUSES.some((pattern) => pattern.test(clause));
      if (!isHarmless) return { kind: 'change-table', table };
      const count = /^AUTO_INCREMENT ?=? ?(\d+)$/i.exec(clause)?.[1];
      if (count !== undefined) nextId = BigInt(count);
      const column = this.#one(this.#patterns.alterDefault, clause);
      if (column !== undefined) defaults.push(column.name);
      if (this.#dialect === 'mysql' && this.#patterns.addsCondition.test(clause)) keys.push([]);
      if (this.#patterns.addsKey.test(clause)) keys.push(this.#keyIn(this.#patterns.addKey, clause));
    }
    return { kind: 'alter-table', table, details: { nextId, modified, defaults, keys } };
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
    const views = this.#patterns.dropViews.exec(statement);
    if (views?.[1] !== undefined)
      return { kind: 'drop-views', views: this.#list(views[1]), cascades: views[2] !== undefined };
    if (!DROP_OBJECT.test(statement)) return UNKNOWN;
    // It may also drop columns and tables.
    return /\bCASCADE$/i.test(statement) ? { kind: 'change-rows', tables: undefined } : HARMLESS;
  }

  /** The columns of the key that CREATE UNIQUE INDEX adds; undefined for any other statement. */
  uniqueKey(statement: string): string[] | undefined {
    return this.#patterns.createUnique.test(statement) ? this.#keyIn(this.#patterns.uniqueIndex, statement) : undefined;
  }

  /** Empty for a key that does not consist of whole columns, compares them in another way, or excludes rows. */
  #keyIn(pattern: RegExp, text: string): string[] {
    const columns = pattern.exec(text)?.[1];
    if (columns === undefined || /\b(?:NULLS NOT DISTINCT|WHERE|EXCLUDE)\b/i.test(withoutStrings(text))) return [];
    return splitList(columns).map((column) => this.#names.parse(column.replace(/ (?:ASC|DESC|NULLS)\b.*$/i, '')).name);
  }

  /** The character set that a database of MySQL gives to new tables. */
  #charset(statement: string): Meaning | undefined {
    if (this.#dialect !== 'mysql') return undefined;
    const found = this.#patterns.charset.exec(statement);
    const charset = found?.[2] ?? found?.[3];
    if (charset === undefined) return undefined;
    const database = found?.[1] === undefined ? undefined : this.#names.parse(found[1]).name;
    return { kind: 'charset', database, charset };
  }

  #list(names: string): QualifiedName[] {
    return splitList(names).map((name) => this.#names.parse(name));
  }

  #copy(statement: string): Meaning {
    const query = this.#patterns.copyQuery.exec(statement)?.[1];
    if (query !== undefined) return this.#select(query.trim());
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
    const calls = [...plain.matchAll(CALL)].map(([, called = '']) => called);
    if (!calls.every((called) => HARMLESS_CALLS.test(called) && !/set_config$/i.test(called))) return UNKNOWN;
    return calls.some((called) => /setval$/i.test(called)) ? this.#computedSetval(statement) : HARMLESS;
  }

  /** `setval` of a value that only the database knows, or of a sequence that only it knows. */
  #computedSetval(statement: string): Meaning {
    const [, sequence, table, value, isCalled] =
      COMPUTED_SETVAL.exec(statement)?.map((part) => part?.replaceAll("''", "'")) ?? [];
    if (sequence !== undefined) return { kind: 'sequence', sequence: this.#names.parse(sequence), isComputed: true };
    return {
      kind: 'count',
      table: table === undefined ? undefined : this.#names.parse(table),
      nextId: value === undefined ? undefined : BigInt(value) + (/^false$/i.test(isCalled ?? '') ? 0n : 1n),
    };
  }

  /** Percona's mysqldump prepares statements that set rocksdb_bulk_load: client/mysqldump.cc. */
  #prepared(statement: string): Meaning {
    if (RESTORES_ROLE.test(statement)) return HARMLESS;
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
