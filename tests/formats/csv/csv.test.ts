import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../../src/core/errors.js';
import { CellKind, Row } from '../../../src/core/rows.js';
import { CsvParser } from '../../../src/formats/csv/CsvParser.js';
import { type CsvOutputColumn, CsvTableWriter } from '../../../src/formats/csv/CsvTableWriter.js';
import type { CsvDoubt } from '../../../src/formats/csv/detectCsvFormat.js';
import {
  type OpenCsvOptions,
  openCsv,
  type ReadCsvOptions,
  readCsvRows,
} from '../../../src/formats/csv/readCsvRows.js';
import { runs } from '../../support/effort.js';
import { describeEngines } from '../../support/engines.js';
import { temporaryFolder } from '../../support/fixtures.js';
import { type Value, valueOfCell, withDump } from '../../support/readDump.js';
import { unicodeText } from '../../support/unicodeText.js';

interface ReadCsv {
  readonly names: readonly string[] | undefined;
  readonly rows: Value[][];
  readonly lines: number[];
  readonly doubts: readonly CsvDoubt[];
}

function readCsv(content: string | Buffer, options: OpenCsvOptions & ReadCsvOptions = {}): Promise<ReadCsv> {
  return withDump(
    content,
    async (path) => {
      const csv = await openCsv(path, { name: 't.csv', ...options });
      const names = csv.header ?? options.columns ?? [];
      const row = new Row(names.length);
      const found: ReadCsv = { names: csv.header, rows: [], lines: [], doubts: csv.doubts };
      const take = (taken: Row): void => {
        found.rows.push(taken.cells.map((cell) => valueOfCell(cell)));
        found.lines.push(taken.line);
      };
      await readCsvRows(csv, { row, columnOf: (name) => names.indexOf(name), consumer: { row: take } }, options);
      return found;
    },
    't.csv',
  );
}

describe('NULL and the empty text are told apart', () => {
  test('an empty field without quotes is NULL, as PostgreSQL writes it', async () => {
    expect((await readCsv('id,a,b\n1,,""\n2,"",\n')).rows).toEqual([
      ['1', null, ''],
      ['2', '', null],
    ]);
  });

  test('\\N without quotes is NULL, with quotes it is text', async () => {
    expect((await readCsv('id,a\n1,\\N\n2,"\\N"\n')).rows).toEqual([
      ['1', null],
      ['2', '\\N'],
    ]);
  });
});

test('half of a line end at the end of the file is not a row, regardless of what follows in memory', async () => {
  expect((await readCsv('id,a\n1,2\n\r', { chunkSize: 64 })).rows).toEqual([['1', '2']]);
  const parser = new CsvParser({ separator: ',', style: 'doubled', nullWord: false });
  for (const behind of ['\n', 'x']) {
    Object.assign(parser, { bytes: Buffer.from(`\r${behind}`), end: 1, final: true, position: 0 });
    expect(parser.skipEmptyLines()).toBe(false);
  }
});

describe('fields', () => {
  test('in quotes may hold separators, line ends and doubled quotes', async () => {
    const { rows, lines } = await readCsv('id,a\n1,"x, ""y""\r\nz\n"\n2,"C:\\new\\"\n');
    expect(rows).toEqual([
      ['1', 'x, "y"\r\nz\n'],
      ['2', 'C:\\new\\'],
    ]);
    expect(lines).toEqual([2, 5]);
  });

  test.each([',', ';', '\t'])('may be separated by %p', async (separator) => {
    const text = `id,name\n1,"a${separator}b"\n`.replaceAll(',', separator);
    expect((await readCsv(text)).rows).toEqual([['1', `a${separator}b`]]);
  });

  test('may have a single column, and there may be empty lines', async () => {
    expect((await readCsv('name\n"a"\n\n""\n\\N\n')).rows).toEqual([['a'], [''], [null]]);
  });

  test('that are not UTF-8 keep their bytes', async () => {
    await withDump(Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0x22, 0xff, 0x22, 0x2c, 0xfe, 0x0a]), async (path) => {
      const row = new Row(2);
      const seen: string[] = [];
      const take = (): void =>
        void seen.push(...row.cells.map(({ bytes, start, end }) => bytes.toString('latin1', start, end)));
      await readCsvRows(await openCsv(path), {
        row,
        columnOf: (name) => (name === 'a' ? 0 : 1),
        consumer: { row: take },
      });
      expect(seen).toEqual(['\xff', '\xfe']);
    });
  });
});

describe('files', () => {
  test('may begin with a byte order mark, have Windows line ends, and lack the last line end', async () => {
    const { names, rows } = await readCsv('\ufeffid,a\r\n1,"x"\r\n2,');
    expect([names, rows]).toEqual([
      ['id', 'a'],
      [
        ['1', 'x'],
        ['2', null],
      ],
    ]);
  });

  test('may have no rows', async () => {
    expect((await readCsv('id,a\n')).rows).toEqual([]);
  });

  test('without a header take their columns from the caller', async () => {
    const options = { columns: ['id', 'a'], isColumn: (name: string) => name === 'id' || name === 'a' };
    expect((await readCsv('1,"x"\n2,"y"\n', options)).rows).toHaveLength(2);
    // A row of words is not a header if the table has no such columns.
    expect((await readCsv('one,two\n', options)).rows).toEqual([['one', 'two']]);
    await expect(readCsv('1,2\n')).rejects.toThrow(/first line does not name the columns/);
  });

  test('written by mysqldump --tab and INTO OUTFILE: tabs and backslashes', async () => {
    const text = '1\ta\\\tb\\\nc\\\\d\\0\t\\N\n2\t\tNULL\n';
    const { rows, lines } = await readCsv(text, { columns: ['id', 'a', 'b'] });
    expect(rows).toEqual([
      ['1', 'a\tb\nc\\d\0', null],
      ['2', '', 'NULL'],
    ]);
    expect(lines).toEqual([1, 3]);
  });

  test('written by INTO OUTFILE with quotes', async () => {
    const text = '"1","say \\"hi\\", C:\\\\new\\\n",\\N\n"2","",\\N\n';
    const { rows } = await readCsv(text, { columns: ['id', 'a', 'b'] });
    expect(rows).toEqual([
      ['1', 'say "hi", C:\\new\n', null],
      ['2', '', null],
    ]);
  });
});

/** The values of the column a, and the doubts about the file. */
async function readDoubtful(content: string, options: OpenCsvOptions & ReadCsvOptions = {}): Promise<unknown> {
  const { rows, doubts } = await readCsv(content, options);
  return [rows.map(([, a]) => a), doubts.map(({ kind, line }) => `${kind} ${line}`)];
}

const NO_HEADER = { columns: ['id', 'a'], isColumn: (name: string) => name === 'id' };

describe('the program that wrote a file is recognized by how it writes', () => {
  test.each([
    ['phpMyAdmin', '"id","a"\n"1","x"\n"2",NULL\n"3",\n', ['x', null, '']],
    ['HeidiSQL', 'id;a\r\n1;"C:\\new ""x"""\r\n2;\\N\r\n3;""\r\n', ['C:\\new "x"', null, '']],
    ['pgAdmin', `id,a\n1,"say '"hi'", it''s"\n2,\n3,""\n4,it's\n`, [`say "hi", it's`, null, '', "it's"]],
    ['Adminer, with tabs', 'id\ta\r\n"0"\tplain\r\n1\t\r\n2\t""\r\n3\t"a, b"\r\n', ['plain', null, '', 'a, b']],
    ['COPY with a text NULL', 'id,a\n1,NULL\n2,\n3,""\n', ['NULL', null, '']],
    ['COPY as CSV with tabs', 'id\ta\n1\t"a\tb"\n2\tC:\\dev\n', ['a\tb', 'C:\\dev']],
    ['COPY in text format', 'id\ta\n1\t"a"\\nb\n2\t\\N\n3\t\n', ['"a"\nb', null, '']],
    ['a spreadsheet with a shell script', 'id,a\n1,"run \\\n-v ""x"""\n', ['run \\\n-v "x"']],
    ['psql --no-align', 'id\ta\n1\t"Fix" it\n', ['"Fix" it']],
  ])('%s', async (_, text, values) => {
    expect(await readDoubtful(text)).toEqual([values, []]);
  });

  test.each([
    ['a line break', '"1","a\\\nb"\n"2","c"\n', ['a\nb', 'c']],
    ['a backslash', '"1","C:\\\\new"\n"2",\\N\n', ['C:\\new', null]],
    ['quotes as text', '1\t"a" b\n2\t\\N\n3\t"\n', ['"a" b', null, '"']],
  ])('INTO OUTFILE with nothing but %s', async (_, text, values) => {
    expect(await readDoubtful(text, NO_HEADER)).toEqual([values, []]);
  });

  test('even if that is far behind the beginning', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `"${i}","plain"\n`).join('');
    const { rows: read } = await readCsv(`${rows}"1","say \\"hi\\""\n`, NO_HEADER);
    expect(read.at(-1)).toEqual(['1', 'say "hi"']);
  });
});

describe('what a file leaves open is a doubt', () => {
  test.each([
    ['whether NULL is a word', 'id,a\n1,x\n2,NULL\n', ['x', null], 'nullWord 3'],
    ['whether \\N is a text', 'id,a\n1,\n2,\\N\n', [null, null], 'nullWord 3'],
    ['whether a backslash escapes', 'id,a\n1,"x"\n2,"a\\\\b"\n', ['x', 'a\\\\b'], 'backslash 3'],
    ["whether '' is one apostrophe", `id,a\n1,"a, it''s"\n`, ["a, it''s"], 'apostrophe 2'],
    ['whether a CR belongs to the line end', 'id,a\n1,x\r\n2,y\n', ['x', 'y'], 'lineEnd 2'],
    ['whether the last value is whole', 'id,a\n1,x\n2,y', ['x', 'y'], 'openEnd 3'],
  ])('%s', async (_, text, values, doubt) => {
    expect(await readDoubtful(text)).toEqual([values, [doubt]]);
  });

  test.each([
    ['whether a backslash escapes', '1\ta\\nb\n', ['a\nb'], 'escape 1'],
    ['whether quotes are text', '1\t"a"\n2\tb\n', ['"a"', 'b'], 'quote 1'],
  ])('%s, without a header', async (_, text, values, doubt) => {
    expect(await readDoubtful(text, NO_HEADER)).toEqual([values, [doubt]]);
  });

  test.each([
    ['a backslash', 'id\ta\n1\tx\n2\ta\\nb\n', /t.csv, line 3: it cannot be told whether a backslash escapes/],
    ['two backslashes', 'id\ta\n1\ta\\\\b\n', /line 2: it cannot be told whether a backslash escapes/],
    ['quotes', 'id\ta\n1\tx\n2\t"y"\n', /line 3: it cannot be told whether the quotes around a field/],
  ])('unless no reading is more usual, as of %s with tabs', async (_, text, message) => {
    await expect(readCsv(text)).rejects.toThrow(message);
  });

  test('unless no reading is more usual, as of pairs of backslashes without a header', async () => {
    await expect(readCsv('"1","a\\\\b"\n', NO_HEADER)).rejects.toThrow(/line 1: it cannot be told/);
    expect((await readCsv('"1","a\\\\b"\n"2","\\d"\n', NO_HEADER)).rows[0]).toEqual(['1', 'a\\\\b']);
  });
});

describe('a damaged file is rejected with its line and without its values', () => {
  test.each([
    [
      'a quote that is never closed',
      'id,a\n1,"x"\n2,"secret\n3,4\n',
      /t.csv, line 3 \(byte \d+\): a quote is opened on line 3 and never closed/,
    ],
    ['text behind a quote', 'id,a\n1,"x"secret\n', /line 2 \(byte \d+\): a quoted field is followed by more text/],
    ['a field too few', 'id,a\n1,2\n3\n', /line 3 \(byte \d+\): the row has 1 fields for 2 columns/],
    ['a field too many', 'id,a\n1,2,secret\n', /line 2 \(byte \d+\): the row has more than 2 fields/],
    ['a column twice', 'id,a,id\n', /names a column twice/],
    ['line ends of old Macs', 'id,a\r1,x\r', /lines end with a carriage return alone/],
    ['UTF-16', Buffer.from('\ufeffid,a\n', 'utf16le'), /UTF-16/],
  ])('%s', async (_, text, message) => {
    const reading = readCsv(text);
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.not.toThrow(/secret/);
  });
});

test('rows do not depend on where the pieces of the file end', async () => {
  const text = `id,a,b\n1,"x, ""y""\n${'long '.repeat(30)}",\r\n\n2,"",\\N\r\n3,plain,"C:\\"\n`;
  const whole = await readCsv(text);
  expect(whole.rows).toHaveLength(3);
  for (let chunkSize = 64; chunkSize < 300; chunkSize++) expect(await readCsv(text, { chunkSize })).toEqual(whole);
});

test('a field of 20 MB is read quickly', async () => {
  const { rows } = await readCsv(`id,a\n1,"${'0123456789""abc\n'.repeat(1_300_000)}"\n2,\n`);
  expect(rows.map(([, a]) => a?.length ?? null)).toEqual([1_300_000 * 15, null]);
}, 20_000);

const COLUMNS: readonly CsvOutputColumn[] = [
  { name: 'id', kind: 'integer', index: 0 },
  { name: 'is_x', kind: 'boolean', index: 1 },
  { name: 'text', kind: 'text', index: 2 },
];

async function writeCsv(rows: readonly (readonly [string, boolean | null, string | null])[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  const writer = new CsvTableWriter(COLUMNS, { write: async (bytes) => void parts.push(Buffer.from(bytes)) }, [
    'custom',
  ]);
  const row = new Row(3);
  for (const [id, flag, text] of rows) {
    row.clear();
    row.cell(0).set(CellKind.Number, Buffer.from(id));
    if (flag === null) row.cell(1).set(CellKind.Null);
    else row.cell(1).set(flag ? CellKind.True : CellKind.False);
    if (text === null) row.cell(2).set(CellKind.Null);
    else row.cell(2).setText(text);
    writer.row(row);
    await writer.drain();
  }
  await writer.finish();
  return Buffer.concat(parts);
}

describe('output', () => {
  test('has a header, quoted texts, and nothing for NULL', async () => {
    expect(
      (
        await writeCsv([
          ['1', true, 'say "hi"'],
          ['2', null, null],
          ['3', false, ''],
        ])
      ).toString(),
    ).toBe('id,is_x,text,custom\n1,true,"say ""hi""",\n2,,,\n3,false,"",\n');
  });

  test('reads back the same for any text', async () => {
    const text = fc.oneof(
      fc.constant(null),
      unicodeText().map((each) => Buffer.from(each).toString()),
      fc.constantFrom('', '\\N', '"', '\\', '\r\n', ',', '\0', 'a\\"'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 8 }), async (texts) => {
        const csv = await writeCsv(texts.map((each, i) => [String(i), null, each]));
        expect((await readCsv(csv)).rows.map(([, , each]) => each)).toEqual(texts);
      }),
      { numRuns: runs(25) },
    );
  });
});

const folder = temporaryFolder();

describeEngines('csv', folder, (engine) => {
  const texts = [
    '',
    null,
    '\\N',
    'a,b',
    'say "hi"',
    "it's",
    'a\nb',
    'a\r\nb',
    'tab\there',
    'C:\\new',
    '\\',
    'ü😀',
    ' x ',
    '\\.',
  ];

  beforeAll(() => {
    engine.create();
    const literal = (text: string | null): string => {
      if (text === null) return 'NULL';
      const hex = Buffer.from(text).toString('hex');
      return {
        mysql: `CONVERT(x'${hex}' USING utf8mb4)`,
        postgres: `convert_from('\\x${hex}', 'UTF8')`,
        sqlite3: `CAST(x'${hex}' AS TEXT)`,
      }[engine.dialect];
    };
    const charset = engine.dialect === 'mysql' ? ' DEFAULT CHARSET=utf8mb4' : '';
    engine.load(
      `CREATE TABLE t (id integer, a text)${charset};\nINSERT INTO t VALUES ${texts.map((text, i) => `(${i}, ${literal(text)})`).join(', ')};\n`,
    );
  });
  afterAll(() => engine.remove());

  // Created through the client, because a server writes files to its own disk.
  if (engine.dialect === 'postgres') {
    test('CSV written by COPY is read exactly', async () => {
      for (const options of ['', ', FORCE_QUOTE *', ", DELIMITER ';'"]) {
        const args = [
          '--host=127.0.0.1',
          '--username=postgres',
          '-d',
          engine.database,
          '-c',
          `COPY (SELECT * FROM t ORDER BY id) TO STDOUT WITH (FORMAT csv, HEADER${options})`,
        ];
        const { names, rows } = await readCsv(execFileSync('psql', args));
        expect(names).toEqual(['id', 'a']);
        // PostgreSQL does not quote \N, which usually means NULL.
        const wanted = options.includes('FORCE') ? texts : texts.map((text) => (text === '\\N' ? null : text));
        expect(rows.map(([, a]) => a)).toEqual(wanted);
      }
    });

    test('output can be loaded with COPY', async () => {
      const csv = await writeCsv(texts.map((text, i) => [String(i), true, text]));
      engine.load('CREATE TABLE loaded (id integer, is_x boolean, text text, custom text)');
      const args = [
        '--host=127.0.0.1',
        '--username=postgres',
        '-d',
        engine.database,
        '-c',
        'COPY loaded FROM STDIN WITH (FORMAT csv, HEADER)',
      ];
      execFileSync('psql', args, { input: csv, stdio: ['pipe', 'ignore', 'inherit'] });
      expect(
        engine.ask('SELECT count(*) FROM loaded JOIN t USING (id) WHERE text IS NOT DISTINCT FROM a AND is_x'),
      ).toBe(String(texts.length));
    });
  } else if (engine.dialect === 'mysql') {
    test('files written by INTO OUTFILE are read exactly, with and without quotes', async () => {
      // The server writes these files, so they need a world-writable folder and a server on this machine.
      const place = mkdtempSync(join(tmpdir(), 'outfile-'));
      chmodSync(place, 0o777);
      try {
        for (const [name, options] of [
          ['plain', ''],
          ['quoted', " FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"'"],
        ]) {
          engine.ask(`SELECT * FROM t ORDER BY id INTO OUTFILE '${place}/${name}'${options}`);
          const { rows } = await readCsv(readFileSync(join(place, name ?? '')), { columns: ['id', 'a'] });
          expect(rows.map(([, a]) => a)).toEqual(texts);
        }
      } finally {
        rmSync(place, { recursive: true, force: true });
      }
    });
  } else {
    test('CSV written by sqlite3 is read, in which NULL and the empty text are the same', async () => {
      const csv = execFileSync('sqlite3', ['-header', '-csv', `${folder}/test.db`, 'SELECT * FROM t ORDER BY id']);
      const { rows } = await readCsv(csv);
      expect(rows.map(([, a]) => a ?? '')).toEqual(texts.map((text) => (text === '\\N' ? '' : (text ?? ''))));
    });
  }
});
