/**
 * Everything known about a database engine: one object per engine, in `mysql.ts`, `postgres.ts` and `sqlite.ts`. Consumers ask
 * the object instead of comparing names. Independent of Gogs; `gogs/releases/` says which engines a release of Gogs supports.
 */
import type { Engine } from './Engine.js';

export interface DatabaseEngine {
  /** The name in app.ini and in `--engine`. */
  readonly name: Engine;
  /** The name for people: `PostgreSQL`. */
  readonly product: string;
  /** Schemes of its URLs, the usual one first: `postgres`, `postgresql`. */
  readonly schemes: readonly string[];
  /** The default port of its server; undefined for a file database. */
  readonly port: number | undefined;
  readonly values: EngineValues;
  readonly sql: EngineSql;
  readonly dumps: EngineDumps;
  readonly client: EngineClient;
}

/** What its columns can hold. */
export interface EngineValues {
  /** The number of bits of a whole-number type; undefined for any other type. */
  integerBits(type: string): number | undefined;
  /** One spelling for all that its programs write for a type: `bigint` for MySQL's `bigint(20)`. */
  plainType(type: string): string;
  /** The longest text of a type, in characters or bytes, or unlimited. */
  textLimit(type: string): TextLimit;
  /** Whether a text may hold the character NUL. */
  readonly takesNul: boolean;
  /** Whether a text has to be UTF-8. */
  readonly checksUtf8: boolean;
  /** Whether it has a UUID type, which rejects anything else. */
  readonly checksUuids: boolean;
  /** False if it stores times as uninterpreted text. */
  readonly checksTimes: boolean;
  /** The digits of a second that a type of time keeps; undefined for any other type, and if it keeps six, which is all that Gogs writes. */
  timeDigits(type: string): number | undefined;
  /** The character set that a database needs to store four-byte characters; undefined if every database can. */
  readonly wideCharacterSet: string | undefined;
  /** False if keys that differ only in case or accents are equal. */
  readonly comparesCase: boolean;
}

export interface TextLimit {
  readonly maxCharacters?: number;
  readonly maxBytes?: number;
}

/** Its SQL dialect. */
export interface EngineSql {
  /** The quote around names; doubled within them. */
  readonly nameQuote: '`' | '"';
  /** Whether a backslash is an escape in `'…'`. */
  readonly backslashEscapes: boolean;
  /** Whether quoted names that differ only in case are different names. */
  readonly namesKeepCase: boolean;
  /** Whether a session can access other databases of its server. */
  readonly reachesOtherDatabases: boolean;
  /** Begins a script. The definitions and then `beginRows` follow. */
  readonly opening: string;
  /** Comes before the first row. */
  readonly beginRows: string;
  /** Comes after the last row and before the indexes. */
  readonly endRows: string;
  /** Ends a script. */
  readonly closing: string;
  /** Sets the next automatic id of a table. */
  nextId(table: string, column: string, next: bigint): string;
  /** Whether inserting rows with explicit ids advances the next automatic id. */
  readonly countsGivenIds: boolean;
  /** Sets the next automatic id after the largest id in use; empty if the engine counts explicit ids. Names are unquoted. */
  idsAfterLargest(table: string, column: string): string;
  /** `CREATE … TABLE`, `DROP … TABLE` */
  readonly createTemporaryTable: string;
  readonly dropTemporaryTable: string;
  /** Copies columns from another table. Names are quoted. */
  updateFrom(update: UpdateFrom): string;
}

export interface UpdateFrom {
  readonly table: string;
  /** The other table, with the alias `stage`. */
  readonly stage: string;
  /** The condition under which two rows match. */
  readonly sameRow: string;
  readonly columns: readonly string[];
}

/** How to recognize its dumps. */
export interface EngineDumps {
  /** How programs identify themselves in the first lines, most specific first. */
  readonly signatures: readonly DumpSignature[];
  /** Patterns typical of its dumps only. Matches are counted and weighed, because any value may contain one by chance. */
  readonly traits: readonly RegExp[];
  /** Its dump files that are not SQL: their first bytes, and what to call them. */
  readonly binaries: readonly { readonly magic: string; readonly found: () => string }[];
}

export interface DumpSignature {
  readonly pattern: RegExp;
  readonly producer: Producer;
}

/** Programs that write dumps. */
export type Producer =
  | 'mysqldump'
  | 'mariadb-dump'
  | 'pg_dump'
  | 'sqlite3'
  | 'xorm'
  | 'Navicat'
  | 'phpMyAdmin'
  | 'HeidiSQL'
  | 'DBeaver'
  | 'unknown';

/** The words of a command, not yet quoted for a shell. */
export type Command = readonly string[];

/** How a program reaches its database; the client's defaults stand for what is unknown. */
export interface DatabaseAccess {
  /** `127.0.0.1:5432`, or the folder of a socket. */
  readonly host?: string | undefined;
  readonly user?: string | undefined;
}

/** Commands of its client. `database`: a database name, or the path of a file database. */
export interface EngineClient {
  /** Creates an empty database that the program may fill; undefined if opening one creates it. */
  readonly createDatabase: ((database: string, access: DatabaseAccess) => Command) | undefined;
  /** Creates the program's user; undefined if its rights need more than a command. */
  readonly createUser: ((user: string) => Command) | undefined;
  /** Reads SQL from standard input and stops at the first error. */
  readInput(database: string, access: DatabaseAccess): Command;
  /** Reads SQL from a file, without a shell's `<`. */
  readFile(database: string, path: string, access: DatabaseAccess): Command;
  /** Dumps a database into a file, without a shell's `>`, which PowerShell converts; undefined if the file database is read itself. */
  readonly dump: ((database: string, path: string, access: DatabaseAccess) => Command) | undefined;
}
