/**
 * What is known of a database engine: one object an engine, in `mysql.ts`, `postgres.ts` and `sqlite.ts`. Consumers ask the object
 * instead of comparing names. Nothing here knows of Gogs; which engines a release of Gogs takes is in `gogs/releases/`.
 */
import type { Engine } from './Engine.js';

export interface DatabaseEngine {
  /** As app.ini and `--engine` name it. */
  readonly name: Engine;
  /** For people: `PostgreSQL`. */
  readonly product: string;
  /** Schemes of its URLs, the usual one first: `postgres`, `postgresql`. */
  readonly schemes: readonly string[];
  /** The port that its server listens on; undefined for a database that is a file. */
  readonly port: number | undefined;
  readonly values: EngineValues;
  readonly sql: EngineSql;
  readonly dumps: EngineDumps;
  readonly client: EngineClient;
}

/** What its columns hold. */
export interface EngineValues {
  /** Bits of a type for whole numbers; other types get the largest. */
  integerBits(type: string): number;
  /** The longest text of a type: what counts is characters, bytes, or nothing. */
  textLimit(type: string): TextLimit;
  /** A text may hold the character NUL. */
  readonly takesNul: boolean;
  /** A text has to be UTF-8. */
  readonly checksUtf8: boolean;
  /** It has a type for UUIDs, and takes nothing else there. */
  readonly checksUuids: boolean;
  /** False where times are stored as the texts they came as. */
  readonly checksTimes: boolean;
  /** A database holds characters of four bytes only when it is created with this character set; undefined: it always does. */
  readonly wideCharacterSet: string | undefined;
  /** False: keys that differ in case or accents alone are equal. */
  readonly comparesCase: boolean;
}

export interface TextLimit {
  readonly maxCharacters?: number;
  readonly maxBytes?: number;
}

/** How it is spoken to. */
export interface EngineSql {
  /** The quote around names, which is doubled within them. */
  readonly nameQuote: '`' | '"';
  /** A backslash escapes in `'…'`. */
  readonly backslashEscapes: boolean;
  /** A session reaches other databases of its server. */
  readonly reachesOtherDatabases: boolean;
  /** Opens a script; `beginRows` follows the definitions. */
  readonly opening: string;
  /** Precedes the first row. */
  readonly beginRows: string;
  /** Follows the last row and precedes the indexes. */
  readonly endRows: string;
  /** Closes a script. */
  readonly closing: string;
  /** Sets the next automatic id of a table. */
  nextId(table: string, column: string, next: bigint): string;
  /** Rows with ids of their own move the next automatic id. */
  readonly countsGivenIds: boolean;
  /** Sets the next automatic id behind the largest there is; empty where the engine counts given ids. Names are unquoted. */
  idsAfterLargest(table: string, column: string): string;
  /** `CREATE … TABLE`, `DROP … TABLE` */
  readonly createTemporaryTable: string;
  readonly dropTemporaryTable: string;
  /** Gives columns of a table the values of another one. Names are quoted. */
  updateFrom(update: UpdateFrom): string;
}

export interface UpdateFrom {
  readonly table: string;
  /** The other table, known as `stage`. */
  readonly stage: string;
  /** The condition for two rows to belong together. */
  readonly sameRow: string;
  readonly columns: readonly string[];
}

/** How its dumps are recognized. */
export interface EngineDumps {
  /** How programs name themselves in the first lines, most telling first. */
  readonly signatures: readonly DumpSignature[];
  /** Words that only its dumps have. The counts are weighed: a value may hold any of them by chance. */
  readonly traits: readonly RegExp[];
  /** Its files that are not SQL: the first bytes, and what to say about them. */
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

/** Words of a command, not yet quoted for a shell. */
export type Command = readonly string[];

/** Its own programs. `database`: the name of one, for a file its path. */
export interface EngineClient {
  /** Creates an empty database; undefined where opening one creates it. */
  readonly createDatabase: ((database: string) => Command) | undefined;
  /** Reads SQL from standard input and stops at the first error. */
  readInput(database: string): Command;
  /** Reads SQL from a file, without a shell's `<`. */
  readFile(database: string, path: string): Command;
  /** Writes a dump to standard output. */
  dump(database: string): Command;
}
