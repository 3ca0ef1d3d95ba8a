/** The bytes at which `SqlTokenizer` has to stop: all others are skipped in one loop. */

import {
  BACKSLASH,
  BACKTICK,
  DOLLAR,
  DOUBLE_QUOTE,
  HASH,
  LF,
  MINUS,
  OPEN_BRACKET,
  SEMICOLON,
  SINGLE_QUOTE,
  SLASH,
} from '../syntax/bytes.js';
import type { Dialect } from '../syntax/Dialect.js';

export const LETTER_O = 0x4f;
export const LETTER_N = 0x4e;

/** Reasons to stop at a byte outside strings. */
export const Stop = {
  /** With a delimiter other than the semicolon: every byte. */
  Any: 1,
  Always: 2,
  Semicolon: 4,
  MySql: 8,
  Postgres: 16,
  Sqlite: 32,
} as const;
export const DIALECT_STOPS: Readonly<Record<Dialect, number>> = {
  mysql: Stop.MySql,
  postgres: Stop.Postgres,
  sqlite3: Stop.Sqlite,
};

/** A module constant with masks is twice as fast as a table per tokenizer. */
export const STOPS = new Uint8Array(256).fill(Stop.Any);
for (const byte of [LF, SINGLE_QUOTE, DOUBLE_QUOTE, BACKTICK, MINUS, SLASH]) STOPS[byte] = Stop.Any | Stop.Always;
STOPS[SEMICOLON] = Stop.Any | Stop.Semicolon;
STOPS[HASH] = Stop.Any | Stop.MySql;
STOPS[DOLLAR] = Stop.Any | Stop.Postgres;
STOPS[BACKSLASH] = Stop.Any | Stop.Postgres | Stop.MySql;
STOPS[LETTER_O] = STOPS[LETTER_O | 0x20] = Stop.Any | Stop.Always;
STOPS[OPEN_BRACKET] = Stop.Any | Stop.Sqlite;

/** Strings up to this length are skipped in one loop unless they contain one of these bytes. */
export const SHORT = 32;
export const STRING_STOPS = new Uint8Array(256);
STRING_STOPS[SINGLE_QUOTE] = STRING_STOPS[BACKSLASH] = STRING_STOPS[LF] = 1;
