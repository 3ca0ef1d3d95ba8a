/** Finds the object that describes an engine. */
import type { DatabaseEngine } from './DatabaseEngine.js';
import { type Engine, isEngine } from './Engine.js';
import { MYSQL } from './mysql.js';
import { POSTGRES } from './postgres.js';
import { quoteWith } from './quote.js';
import { SQLITE } from './sqlite.js';

const KNOWN: Readonly<Record<Engine, DatabaseEngine>> = { mysql: MYSQL, postgres: POSTGRES, sqlite3: SQLITE };

export const engineNamed = (name: Engine): DatabaseEngine => KNOWN[name];

/** A name in the quotes of its engine. */
export const quoteName = (name: string, engine: Engine): string => quoteWith(KNOWN[engine].sql.nameQuote, name);

/** True for an engine whose database is a file. `name`: as in app.ini. */
export const isFileEngine = (name: string | undefined): boolean =>
  name !== undefined && isEngine(name) && KNOWN[name].port === undefined;
