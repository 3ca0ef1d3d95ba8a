import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OutputError } from '../../../../src/core/errors.js';
import { CellKind, type ColumnKind, Row } from '../../../../src/core/rows.js';
import { engineNamed } from '../../../../src/engines/engineNamed.js';
import type { Dialect } from '../../../../src/formats/sql/syntax/Dialect.js';
import { type SqlOutputColumn, SqlTableWriter } from '../../../../src/formats/sql/writing/SqlTableWriter.js';
import { describeEngines } from '../../../support/engines.js';
import { temporaryFolder } from '../../../support/fixtures.js';
import { rowsOf } from '../../../support/readDump.js';
import { unicodeText } from '../../../support/unicodeText.js';

type Given = string | Buffer | number | bigint | boolean | null | undefined | { readonly json: string };

function column(index: number, kind: ColumnKind, more: Partial<SqlOutputColumn> = {}): SqlOutputColumn {
  return { name: `c${index}`, kind, type: kind, nullable: true, index, ...more };
}

function fill(row: Row, given: readonly Given[]): Row {
  row.clear();
  given.forEach((value, index) => {
    const cell = row.cell(index);
    if (value === null) cell.set(CellKind.Null);
    else if (typeof value === 'boolean') cell.set(value ? CellKind.True : CellKind.False);
    else if (typeof value === 'number' || typeof value === 'bigint')
      cell.set(CellKind.Number, Buffer.from(String(value)));
    else if (typeof value === 'string') cell.setText(value);
    else if (Buffer.isBuffer(value)) cell.set(CellKind.Text, value);
    else if (value !== undefined) cell.set(CellKind.JsonText, Buffer.from(value.json));
  });
  return row;
}

async function write(
  dialect: Dialect,
  columns: readonly SqlOutputColumn[],
  rows: readonly (readonly Given[])[],
): Promise<Buffer> {
  const parts: Buffer[] = [];
  const writer = new SqlTableWriter(dialect, 't', columns, {
    write: async (bytes) => void parts.push(Buffer.from(bytes)),
  });
  const row = new Row(columns.length);
  for (const given of rows) {
    writer.row(fill(row, given));
    await writer.drain();
  }
  await writer.finish();
  expect(writer.rows).toBe(rows.length);
  return Buffer.concat(parts);
}

async function writeOne(
  dialect: Dialect,
  kind: ColumnKind,
  value: Given,
  more: Partial<SqlOutputColumn> = {},
): Promise<string> {
  const sql = await write(dialect, [column(0, kind, more)], [[value]]);
  const text = sql.toString('latin1');
  const found = /VALUES\n\(([\s\S]*)\);\n$/.exec(text) ?? /stdin;\n([\s\S]*)\n\\\.\n$/.exec(text);
  return found?.[1] ?? text;
}

test('rows are taken while the sink writes those before, and its failure reaches the caller', async () => {
  const started: Buffer[] = [];
  const ends: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  const writer = new SqlTableWriter('mysql', 't', [column(0, 'text')], {
    write: (bytes) => {
      started.push(Buffer.from(bytes));
      return new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
    },
  });
  const long = fill(new Row(1), ['a'.repeat(300_000)]);
  writer.row(long);
  await writer.drain();
  expect(started).toHaveLength(1);
  writer.row(long);
  const second = writer.drain();
  await new Promise(setImmediate);
  expect(started).toHaveLength(1);
  ends[0]?.resolve();
  await second;
  expect(started).toHaveLength(2);
  ends[1]?.reject(new Error('disk full'));
  await writer.settle();
  await expect(writer.finish()).rejects.toThrow('disk full');
});

/** JSON that says the same in longer escapes, from other programs than Go. */
const escapeAll = (text: string): string =>
  `"${[...Array(text.length).keys()].map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`;

test.each(['mysql', 'postgres', 'sqlite3'] as const)(
  'a text in JSON is written like the text itself, however it is escaped: %s',
  async (dialect) => {
    const text = unicodeText({ maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const writing = async (given: Given): Promise<string> =>
          writeOne(dialect, 'text', given).catch((error: Error) => error.message);
        const wanted = await writing(value);
        expect(await writing({ json: JSON.stringify(value).replaceAll('/', '\\/') })).toBe(wanted);
        expect(await writing({ json: escapeAll(value) })).toBe(wanted);
      }),
    );
    const replaced = await writeOne(dialect, 'text', '\ufffd');
    expect(await writeOne(dialect, 'text', { json: '"\\ud83d"' })).toBe(replaced);
    expect(await writeOne(dialect, 'text', { json: '"\\udc00"' })).toBe(replaced);
  },
);

describe('a value is written as the column and the engine need it', () => {
  test.each<[ColumnKind, Given, string, string, string]>([
    ['integer', 7, '7', '7', '7'],
    ['integer', '-9223372036854775808', '-9223372036854775808', '-9223372036854775808', '-9223372036854775808'],
    ['integer', '007', '7', '7', '7'],
    ['integer', true, '1', '1', '1'],
    ['integer', { json: '"12"' }, '12', '12', '12'],
    ['integer', null, 'NULL', '\\N', 'NULL'],
    ['boolean', true, '1', 't', '1'],
    ['boolean', 0, '0', 'f', '0'],
    ['boolean', 't', '1', 't', '1'],
    ['boolean', 'false', '0', 'f', '0'],
    ['boolean', Buffer.from([1]), '1', 't', '1'],
    ['boolean', null, 'NULL', '\\N', 'NULL'],
    ['time', '2020-09-13T12:26:40Z', "'2020-09-13 12:26:40'", '2020-09-13 12:26:40+00', "'2020-09-13 12:26:40'"],
    [
      'time',
      '2020-09-13T14:26:40.5+02:00',
      "'2020-09-13 12:26:40.5'",
      '2020-09-13 12:26:40.5+00',
      "'2020-09-13 12:26:40.5'",
    ],
    ['time', '2020-09-13 12:26:40+00', "'2020-09-13 12:26:40'", '2020-09-13 12:26:40+00', "'2020-09-13 12:26:40'"],
    [
      'time',
      '2020-09-13 12:26:40+00:00',
      "'2020-09-13 12:26:40'",
      '2020-09-13 12:26:40+00',
      "'2020-09-13 12:26:40+00:00'",
    ],
    ['text', "it's \\ \t", "'it\\'s \\\\ \t'", "it's \\\\ \\t", "'it''s \\ \t'"],
    ['text', 'a\nb', "'a\\nb'", 'a\\nb', "'a\nb'"],
    ['text', 'a\r\nb', "'a\\r\\nb'", 'a\\r\\nb', "replace('a\\r\nb','\\r',char(13))"],
    ['text', '\\r\r', "'\\\\r\\r'", '\\\\r\\r', "CAST(x'5c720d' AS TEXT)"],
    ['text', '', "''", '', "''"],
    ['text', '\\N', "'\\\\N'", '\\\\N', "'\\N'"],
    ['text', 12, "'12'", '12', "'12'"],
    [
      'text',
      { json: '"\\u003c\\ud83d\\ude00\\n\\ud800"' },
      "'<ð\x9f\x98\x80\\nï¿½'",
      '<ð\x9f\x98\x80\\nï¿½',
      "'<ð\x9f\x98\x80\nï¿½'",
    ],
    [
      'uuid',
      '7f6d3a8e-8e1c-4d9c-9b9a-0a1b2c3d4e5f',
      "'7f6d3a8e-8e1c-4d9c-9b9a-0a1b2c3d4e5f'",
      '7f6d3a8e-8e1c-4d9c-9b9a-0a1b2c3d4e5f',
      "'7f6d3a8e-8e1c-4d9c-9b9a-0a1b2c3d4e5f'",
    ],
  ])('%s %p', async (kind, value, mysql, postgres, sqlite) => {
    expect(await writeOne('mysql', kind, value)).toBe(mysql);
    expect(await writeOne('postgres', kind, value)).toBe(postgres);
    expect(await writeOne('sqlite3', kind, value)).toBe(sqlite);
  });

  test('a missing one becomes the default of the column', async () => {
    expect(await writeOne('mysql', 'boolean', undefined, { default: '0' })).toBe('0');
    expect(await writeOne('postgres', 'text', undefined, { default: "'it''s'::character varying" })).toBe("it's");
    expect(await writeOne('sqlite3', 'text', undefined)).toBe('NULL');
  });

  test('text that is not UTF-8 or contains NUL characters becomes hexadecimal digits if possible', async () => {
    expect(await writeOne('mysql', 'text', Buffer.from([0xff, 0x41]))).toBe("x'ff41'");
    expect(await writeOne('mysql', 'text', 'a\0b')).toBe("'a\\0b'");
    expect(await writeOne('sqlite3', 'text', 'a\0b')).toBe("CAST(x'610062' AS TEXT)");
    expect(await writeOne('sqlite3', 'text', Buffer.from([0xff]))).toBe("CAST(x'ff' AS TEXT)");
  });
});

describe('a value that an engine cannot hold is rejected, never changed', () => {
  test.each<[Dialect, ColumnKind, Given, RegExp]>([
    ['mysql', 'integer', 'abc', /is not a whole number/],
    ['mysql', 'integer', '', /is not a whole number/],
    ['sqlite3', 'integer', '1.5', /is not a whole number/],
    ['postgres', 'boolean', 2, /is neither true nor false/],
    ['mysql', 'time', 'yesterday', /is not a time/],
    ['postgres', 'time', '2020-02-30 00:00:00', /is not a time/],
    ['postgres', 'text', 'a\0b', /contains a NUL character/],
    ['postgres', 'text', Buffer.from([0xff]), /not UTF-8/],
  ])('%s, %s: %p', async (dialect, kind, value, message) => {
    const writing = writeOne(dialect, kind, value);
    await expect(writing).rejects.toThrow(OutputError);
    await expect(writing).rejects.toThrow(message);
    await expect(writing).rejects.toThrow(/Cannot write t\.c0 of the row on line 0/);
  });
});

test('statements have at most 1000 rows and about half a megabyte', async () => {
  const many = await write(
    'mysql',
    [column(0, 'integer')],
    Array.from({ length: 2500 }, (_, i) => [i]),
  );
  expect(many.toString().match(/INSERT INTO/g)).toHaveLength(3);
  const long = await write(
    'sqlite3',
    [column(0, 'text')],
    Array.from({ length: 10 }, () => ['x'.repeat(200_000)]),
  );
  const statements = long.toString().split(/(?=INSERT INTO)/);
  expect(statements).toHaveLength(4);
  // MySQL 5.5 accepts no more by default: max_allowed_packet.
  expect(Math.max(...statements.map(({ length }) => length))).toBeLessThan(1024 * 1024);
});

test('a table without rows needs no statement', async () => {
  for (const dialect of ['mysql', 'postgres', 'sqlite3'] as const) {
    expect(await write(dialect, [column(0, 'integer')], [])).toHaveLength(0);
  }
});

const folder = temporaryFolder();

describeEngines('writer', folder, (engine) => {
  const { dialect } = engine;
  const types: Record<Dialect, string> = {
    mysql:
      '`id` bigint NOT NULL PRIMARY KEY AUTO_INCREMENT, `n` bigint, `b` tinyint(1), `s` longtext, `when` datetime(3)',
    postgres: '"id" bigserial PRIMARY KEY, "n" bigint, "b" boolean, "s" text, "when" timestamp with time zone',
    sqlite3: '"id" integer PRIMARY KEY AUTOINCREMENT, "n" integer, "b" numeric, "s" text, "when" datetime',
  };
  const columns: SqlOutputColumn[] = [
    column(0, 'integer', { name: 'id' }),
    column(1, 'integer', { name: 'n' }),
    column(2, 'boolean', { name: 'b' }),
    column(3, 'text', { name: 's' }),
    column(4, 'time', { name: 'when' }),
  ];

  beforeEach(() => engine.create());
  afterAll(() => engine.remove());

  const load = async (rows: readonly (readonly Given[])[], more = ''): Promise<void> => {
    const written = await write(dialect, columns, rows);
    const { sql } = engineNamed(dialect);
    const quote = dialect === 'mysql' ? '`t`' : '"t"';
    const script = [
      sql.opening,
      `CREATE TABLE ${quote} (${types[dialect]})${dialect === 'mysql' ? ' DEFAULT CHARSET=utf8mb4' : ''};\n`,
      sql.beginRows,
      written,
      sql.endRows,
      more,
      sql.closing,
    ];
    engine.load(Buffer.concat(script.map((part) => Buffer.from(part))));
  };

  /** Hexadecimal digits, because a client might not show the whole text. */
  const hexOfText = (): string[] =>
    engine
      .ask(
        dialect === 'postgres'
          ? `SELECT encode(convert_to("s", 'UTF8'), 'hex') FROM t ORDER BY id`
          : `SELECT lower(hex(${dialect === 'mysql' ? 's' : 'CAST(s AS BLOB)'})) FROM t ORDER BY id`,
      )
      .split('\n');

  const anyText = fc.oneof(
    unicodeText({ maxLength: 30 }),
    fc
      .array(
        fc.constantFrom(
          "'",
          '"',
          '\\',
          '\r\n',
          '\n',
          '\r',
          '\t',
          '\0',
          '\x1a',
          '\\r',
          '\\N',
          '\\.',
          ';',
          '--',
          '/*',
          '%',
          '😀',
          'ü',
          '`',
          '$$',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  );
  const texts = dialect === 'postgres' ? anyText.map((text) => text.replaceAll('\0', '')) : anyText;

  test('any text survives loading, and the dump tool of the engine and our reader', async () => {
    const samples = fc.sample(texts, { numRuns: 400, seed: 7 }).map((text) => Buffer.from(text).toString());
    await load(samples.map((text, i) => [i + 1, null, null, text, null]));
    expect(hexOfText()).toEqual(samples.map((text) => Buffer.from(text).toString('hex')));
    const dumps: [string, string[]][] =
      dialect === 'mysql'
        ? [
            ['plain', []],
            ['one row a statement', ['--skip-extended-insert', '--complete-insert']],
            ['hexadecimal', ['--hex-blob']],
            ['compact', ['--compact']],
          ]
        : dialect === 'postgres'
          ? [
              ['COPY', []],
              ['INSERT', ['--inserts']],
              ['INSERT with columns, several rows', ['--column-inserts', '--rows-per-insert=7']],
            ]
          : [['.dump', []]];
    for (const [, options] of dumps) {
      const { rows } = await rowsOf(engine.dump(options), { table: 't', chunkSize: 4096 });
      // sqlite3 3.40 itself truncates texts at their first NUL.
      const wanted = dialect === 'sqlite3' ? samples.map((text) => text.split('\0')[0]) : samples;
      expect(rows.map(({ s }) => s)).toEqual(wanted);
    }
  });

  test('numbers, booleans, times and NULL survive loading', async () => {
    await load([
      [1, '9223372036854775807', true, '', '2020-09-13T12:26:40Z'],
      [2, '-9223372036854775808', 'f', null, '2020-09-13T14:26:40.123+02:00'],
      [3, null, null, 'NULL', null],
    ]);
    const { rows } = await rowsOf(engine.dump(), { table: 't' });
    const yes = { mysql: '1', postgres: 't', sqlite3: '1' }[dialect];
    const no = { mysql: '0', postgres: 'f', sqlite3: '0' }[dialect];
    expect(rows).toMatchObject([
      { id: '1', n: '9223372036854775807', b: yes, s: '' },
      { id: '2', n: '-9223372036854775808', b: no, s: null },
      { id: '3', n: null, b: null, s: 'NULL', when: null },
    ]);
    expect(rows[0]?.['when']).toMatch(/^2020-09-13 12:26:40/);
    expect(rows[1]?.['when']).toMatch(/^2020-09-13 12:26:40\.123/);
  });

  test('the next automatic id is the requested one', async () => {
    await load([[3, 1, null, null, null]], engineNamed(dialect).sql.nextId('t', 'id', 42n));
    engine.load('INSERT INTO t (n) VALUES (2);');
    expect(engine.ask('SELECT id FROM t WHERE n = 2')).toBe('42');
  });

  test('an id 0 stays 0', async () => {
    await load([[0, 1, null, null, null]]);
    expect(engine.ask('SELECT id FROM t')).toBe('0');
  });

  test('a failure leaves no rows behind', async () => {
    await expect(
      load([
        [1, 1, null, null, null],
        [1, 2, null, null, null],
      ]),
    ).rejects.toThrow();
    const tables = {
      mysql: 'SELECT count(*) FROM t',
      postgres: "SELECT count(*) FROM pg_class WHERE relname = 't'",
      sqlite3: 'SELECT count(*) FROM sqlite_master',
    };
    expect(engine.ask(tables[dialect])).toBe('0');
  });

  test('a text of 3 MB is one statement that loads', async () => {
    const text = "it's\n".repeat(600_000);
    await load([[1, null, null, text, null]]);
    expect(engine.ask('SELECT length(s) FROM t')).toBe(String(text.length));
  });
});
