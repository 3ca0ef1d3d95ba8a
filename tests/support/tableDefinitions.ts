/** Generates definitions of tables, most of them of the forms that Gogs' libraries write. */
import fc from 'fast-check';

// Mostly usual parts, so that many definitions consist of nothing else.
const parts = (usual: readonly string[], others: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 19, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const name = parts(['a', '`b`', '"c"', '`d e`', '`f``g`', '"h""i"', '`"`', 'l_1'], ['[j]', "'k'", 'l$', 'key']);
const type = parts(
  ['INTEGER', 'integer', 'INTEGER(4)', 'INT', 'BIGINT(20)', 'TEXT', 'VARCHAR(40)', 'REAL', 'NUMERIC', 'UUID', 'BLOB'],
  ['', 'DOUBLE PRECISION', 'UNSIGNED BIG INT', '"INTEGER"', 'DECIMAL(1, 2)', 'FLOATING POINT'],
);
const constraint = parts(
  [
    ...['NULL', 'NOT NULL', 'UNIQUE', 'NOT  NULL\n', 'PRIMARY KEY', 'PRIMARY KEY AUTOINCREMENT', 'DEFAULT 0'],
    ...['DEFAULT -1', 'DEFAULT 007', "DEFAULT ''", "DEFAULT 'it''s'", 'DEFAULT true', 'DEFAULT FALSE', 'DEFAULT NULL'],
  ],
  [
    ...['DEFAULT 1.5', "DEFAULT '12'", 'DEFAULT (1)', 'DEFAULT "x"', "DEFAULT x'00'", 'DEFAULT +3', 'CHECK (1)'],
    ...['COLLATE NOCASE', 'AS (1) STORED', 'AS (1)', 'REFERENCES t (a)', 'CONSTRAINT n NOT NULL', '/* NULL */'],
    ...['UNIQUE ON CONFLICT IGNORE', 'PRIMARY KEY DESC', 'DEFAULT 9223372036854775807', 'GENERATED ALWAYS AS (2)'],
  ],
);
const column = fc
  .tuple(name, type, fc.array(constraint, { maxLength: 3 }))
  .map(([each, of, constraints]) => [each, of, ...constraints].filter((part) => part !== '').join(' '));
const key = fc
  .tuple(
    parts(['PRIMARY KEY', 'UNIQUE', 'CONSTRAINT `n` PRIMARY KEY'], ['CHECK', 'FOREIGN KEY']),
    fc.uniqueArray(fc.oneof(name, fc.constantFrom('A', '`B`')), { minLength: 1, maxLength: 2 }),
    parts([''], [' ON CONFLICT REPLACE', ' REFERENCES t']),
  )
  .map(([kind, columns, rest]) => `${kind} (${columns.join(', ')})${rest}`);
const columns = fc.uniqueArray(column, { minLength: 1, maxLength: 4, selector: (part) => part.split(' ', 1)[0] });
/** CREATE TABLE statements for a table `t`, some of which SQLite rejects. */
export const tableDefinitions = fc
  .tuple(
    parts(['CREATE TABLE `t` (', 'CREATE TABLE "t"(', 'CREATE TABLE t(\n  '], ['CREATE TABLE T (']),
    columns,
    fc.option(key, { nil: undefined, freq: 2 }),
    parts([')', '\n)', ' )'], [') STRICT', ') WITHOUT ROWID']),
  )
  .map(([start, list, more, end]) => start + [...list, ...(more === undefined ? [] : [more])].join(', ') + end);
