import { describe, expect, test } from '@jest/globals';
import { ValueProblem } from '../../../../src/core/coerce.js';
import { Cell, CellKind } from '../../../../src/core/rows.js';
import type { Dialect } from '../../../../src/formats/sql/syntax/Dialect.js';
import { ColumnCheck } from '../../../../src/formats/sql/writing/ColumnCheck.js';
import type { SqlColumn } from '../../../../src/formats/sql/writing/SqlColumn.js';

const column = (more: Partial<SqlColumn>): SqlColumn => ({
  name: 'c',
  kind: 'text',
  type: 'text',
  nullable: true,
  ...more,
});

function text(value: string | Buffer): Cell {
  const cell = new Cell();
  cell.set(CellKind.Text, Buffer.from(value));
  return cell;
}

function json(literal: string): Cell {
  const cell = new Cell();
  cell.set(CellKind.JsonText, Buffer.from(literal));
  return cell;
}

function other(kind: CellKind): Cell {
  const cell = new Cell();
  cell.set(kind);
  return cell;
}

describe('a value that a column cannot hold is reported', () => {
  test.each<[string, Cell, Partial<SqlColumn>, Partial<Record<Dialect, ValueProblem>>]>([
    [
      'NULL where there may be none',
      other(CellKind.Null),
      { nullable: false },
      { mysql: ValueProblem.Null, postgres: ValueProblem.Null, sqlite3: ValueProblem.Null },
    ],
    ['nothing, with a default', other(CellKind.Missing), { nullable: false, default: '0' }, {}],
    [
      'nothing, without one',
      other(CellKind.Missing),
      { nullable: false },
      { mysql: ValueProblem.Null, postgres: ValueProblem.Null, sqlite3: ValueProblem.Null },
    ],
    [
      'a text too long by characters',
      text('üü'),
      { maxCharacters: 1 },
      { mysql: ValueProblem.TooLong, postgres: ValueProblem.TooLong, sqlite3: ValueProblem.TooLong },
    ],
    ['a text of just so many characters', text('😀'), { maxCharacters: 1 }, {}],
    [
      'a text too long by bytes',
      text('ü'),
      { maxBytes: 1 },
      { mysql: ValueProblem.TooLong, postgres: ValueProblem.TooLong, sqlite3: ValueProblem.TooLong },
    ],
    [
      'a text in JSON that is short enough without its escapes',
      json('"\\u00fc"'),
      { maxCharacters: 1, maxBytes: 2 },
      {},
    ],
    [
      'a text in JSON that is not',
      json('"\\u00fc\\n"'),
      { maxCharacters: 1 },
      { mysql: ValueProblem.TooLong, postgres: ValueProblem.TooLong, sqlite3: ValueProblem.TooLong },
    ],
    ['a NUL character', text('a\0'), {}, { postgres: ValueProblem.NulCharacter }],
    ['one in JSON', json('"a\\u0000"'), {}, { postgres: ValueProblem.NulCharacter }],
    ['one in a long text in JSON', json(`"${'a'.repeat(99)}\\u0000"`), {}, { postgres: ValueProblem.NulCharacter }],
    ['a backslash before the digits of one', json(`"${'a'.repeat(99)}\\\\u0000"`), {}, {}],
    [
      'bytes that are no UTF-8',
      text(Buffer.from([0xff])),
      {},
      { mysql: ValueProblem.NotUtf8, postgres: ValueProblem.NotUtf8 },
    ],
    [
      'a word as a number',
      text('abc'),
      { kind: 'integer' },
      { mysql: ValueProblem.NotInteger, postgres: ValueProblem.NotInteger, sqlite3: ValueProblem.NotInteger },
    ],
    [
      'a number beyond 32 bits',
      text('2147483648'),
      { kind: 'integer', type: 'int(11)' },
      { mysql: ValueProblem.OutOfRange, postgres: ValueProblem.OutOfRange },
    ],
    [
      'a short number that is too large',
      text('300'),
      { kind: 'integer', type: 'tinyint(4)' },
      { mysql: ValueProblem.OutOfRange, postgres: ValueProblem.OutOfRange },
    ],
    [
      'an empty text as a number',
      text(''),
      { kind: 'integer' },
      { mysql: ValueProblem.NotInteger, postgres: ValueProblem.NotInteger, sqlite3: ValueProblem.NotInteger },
    ],
    ['the largest of 32 bits', text('2147483647'), { kind: 'integer', type: 'integer' }, {}],
    [
      'a number beyond 64 bits',
      text('9223372036854775808'),
      { kind: 'integer', type: 'bigint' },
      { mysql: ValueProblem.OutOfRange, postgres: ValueProblem.OutOfRange, sqlite3: ValueProblem.OutOfRange },
    ],
    [
      'a word as a boolean',
      text('maybe'),
      { kind: 'boolean' },
      { mysql: ValueProblem.NotBoolean, postgres: ValueProblem.NotBoolean, sqlite3: ValueProblem.NotBoolean },
    ],
    [
      'a time that is none',
      text('0000-00-00 00:00:00'),
      { kind: 'time' },
      { mysql: ValueProblem.NotTime, postgres: ValueProblem.NotTime },
    ],
    ['a UUID that is none', text(''), { kind: 'uuid' }, { postgres: ValueProblem.NotUuid }],
    ['a UUID', text('7f6d3a8e-8e1c-4d9c-9b9a-0a1b2c3d4e5f'), { kind: 'uuid' }, {}],
  ])('%s', (_, cell, more, wanted) => {
    for (const dialect of ['mysql', 'postgres', 'sqlite3'] as const) {
      expect([dialect, new ColumnCheck(column(more), dialect).problemIn(cell)]).toEqual([dialect, wanted[dialect]]);
    }
  });
});
