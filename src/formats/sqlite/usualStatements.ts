/** Reads the statements with which our schemas make a database, so that it can be made without SQLite. */
import { SQL_NAMES } from '../sql/syntax/SqlNames.js';
import { NAME, type UsualDefinition, usualDefinition } from './usualDefinition.js';

/** What a statement does. `sql`: its text as SQLite stores it. */
export type UsualStatement =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'transaction'; readonly begins: boolean }
  | { readonly kind: 'table'; readonly sql: string; readonly definition: UsualDefinition }
  | { readonly kind: 'index'; readonly sql: string; readonly index: UsualIndex }
  /** Undefined: SQLite forgets it. */
  | { readonly kind: 'last-id'; readonly table: string; readonly lastId: bigint | undefined };

export interface UsualIndex {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly isUnique: boolean;
}

const INDEX = new RegExp(
  `^CREATE (?<unique>UNIQUE )?INDEX (?<name>${NAME}) ON (?<table>${NAME}) ?\\((?<columns>${NAME}(?:,${NAME})*)\\)$`,
);
const FORGET_ID = /^DELETE FROM sqlite_sequence WHERE name = '(?<table>(?:[^']|'')*)'$/;
const SET_ID = /^INSERT INTO sqlite_sequence \(name, seq\) VALUES \('(?<table>(?:[^']|'')*)', (?<lastId>-?\d{1,19})\)$/;
const LARGEST_ID = 2n ** 63n - 1n;

/** Undefined if only SQLite understands the statement, which has no semicolon at its end. */
export function usualStatement(statement: string): UsualStatement | undefined {
  if (statement === 'PRAGMA foreign_keys=OFF') return { kind: 'nothing' };
  if (statement === 'BEGIN TRANSACTION' || statement === 'COMMIT') {
    return { kind: 'transaction', begins: statement !== 'COMMIT' };
  }
  // SQLite stores the text from the name on.
  if (/^CREATE TABLE \S/.test(statement)) {
    const definition = usualDefinition(statement);
    return definition === undefined ? undefined : { kind: 'table', sql: statement, definition };
  }
  const index = INDEX.exec(statement)?.groups;
  if (index !== undefined) {
    const { unique, name = '', table = '', columns = '' } = index;
    const names = SQL_NAMES.sqlite3;
    return {
      kind: 'index',
      sql: statement,
      index: {
        name: names.unquote(name),
        table: names.unquote(table),
        columns: names.parseAll(columns),
        isUnique: unique !== undefined,
      },
    };
  }
  const { table, lastId } = (FORGET_ID.exec(statement) ?? SET_ID.exec(statement))?.groups ?? {};
  if (table === undefined) return undefined;
  const id = lastId === undefined ? undefined : BigInt(lastId);
  if (id !== undefined && id > LARGEST_ID) return undefined;
  return { kind: 'last-id', table: table.replaceAll("''", "'"), lastId: id };
}

/** A statement of a script, without its semicolon. */
interface Statement {
  readonly text: string;
  /** Where it begins in the script. */
  readonly start: number;
}

/** The statements of a script. It knows no comments: from the first one on, statements may be cut where they should not be. */
export function* statementsIn(sql: string): Generator<Statement> {
  let start = 0;
  const boundary = /[;'"`]/g;
  for (let found = boundary.exec(sql); found !== null; found = boundary.exec(sql)) {
    const [mark] = found;
    if (mark === ';') {
      yield { text: sql.slice(start, found.index).trim(), start };
      start = boundary.lastIndex;
    } else {
      const end = sql.indexOf(mark, boundary.lastIndex);
      if (end < 0) break;
      boundary.lastIndex = end + 1;
    }
  }
  const rest = sql.slice(start).trim();
  if (rest !== '') yield { text: rest, start };
}
