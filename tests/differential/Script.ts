/** A dump for one engine as a list that can shrink: the statements that a client would send one after the other. */
import type { Dialect } from '../../src/formats/sql/syntax/Dialect.js';

export interface Statement {
  /** Without its semicolon. */
  readonly sql: string;
  /** Lines of COPY data that follow it, without the terminator. */
  readonly copy?: string;
}

export interface Script {
  readonly dialect: Dialect;
  readonly statements: readonly Statement[];
}

/** Ten lines that occur in no other engine's dumps, because nothing else identifies the engine. */
const SQLITE_OPENING = 'PRAGMA foreign_keys=OFF;\n'.repeat(10);

const FRAMES: Readonly<Record<Dialect, readonly [opening: string, closing: string]>> = {
  mysql: ['-- MySQL dump 10.13\n', '-- Dump completed\n'],
  postgres: ['-- PostgreSQL database dump\n', '-- PostgreSQL database dump complete\n'],
  sqlite3: [SQLITE_OPENING, ''],
};

/** The dump as a file. */
export function textOf({ dialect, statements }: Script): string {
  const [opening, closing] = FRAMES[dialect];
  return opening + statements.map(lineOf).join('') + closing;
}

function lineOf({ sql, copy }: Statement): string {
  return copy === undefined ? `${sql};\n` : `${sql};\n${copy}\\.\n`;
}
