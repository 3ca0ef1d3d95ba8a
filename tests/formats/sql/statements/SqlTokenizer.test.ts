import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../../../src/core/errors.js';
import { SqlTokenizer } from '../../../../src/formats/sql/statements/SqlTokenizer.js';
import type { Dialect } from '../../../../src/formats/sql/syntax/Dialect.js';
import { runs } from '../../../support/effort.js';

interface Found {
  text: string;
  line: number;
  head: string;
  data?: string;
  terminated: boolean;
}

/** Scans text in pieces that end at `cuts`. */
function scan(
  text: string,
  dialect: Dialect,
  cuts: readonly number[] = [],
  backslashEscapes = dialect === 'mysql',
): Found[] {
  const bytes = Buffer.from(text);
  const found: Found[] = [];
  const tokenizer = new SqlTokenizer({ dialect, backslashEscapes, name: 'dump.sql' }, (statement) => {
    const { start, end, dataStart } = statement;
    found.push({
      text: bytes.toString('utf8', start, dataStart < 0 ? end : dataStart),
      line: statement.line,
      head: statement.headText(),
      terminated: statement.terminated,
      ...(dataStart < 0 ? {} : { data: bytes.toString('utf8', dataStart, end) }),
    });
  });
  let position = 0;
  for (const cut of [...cuts, bytes.length]) {
    const keep = tokenizer.keepFrom(position);
    // Bytes after the end of a piece must never be read.
    const piece = Buffer.concat([bytes.subarray(keep, cut), Buffer.from("';\\$`*/\n\\.\n")]);
    position = keep + tokenizer.scan(piece, position - keep, cut - keep, keep, cut === bytes.length);
  }
  return found;
}

const statements = (text: string, dialect: Dialect): string[] => scan(text, dialect).map((each) => each.text);

describe('statements are split at semicolons outside of', () => {
  test.each<[string, Dialect, string]>([
    ['strings', 'sqlite3', "INSERT INTO t VALUES('a;b');"],
    ['doubled quotes', 'sqlite3', "INSERT INTO t VALUES('it''s;');"],
    ['backslash escapes in MySQL', 'mysql', "INSERT INTO t VALUES('it\\'s;');"],
    ["PostgreSQL's E'…'", 'postgres', "SELECT E'it\\'s; ''so''\\';';"],
    ['double-quoted strings in MySQL', 'mysql', 'INSERT INTO t VALUES("a\\";b");'],
    ['backticks', 'mysql', 'CREATE TABLE `a;``b` (id int);'],
    ['double-quoted names', 'postgres', 'CREATE TABLE "a;""b" (id int);'],
    ['brackets in SQLite', 'sqlite3', 'CREATE TABLE [a;b] (id int);'],
    ['dollar quotes', 'postgres', 'SELECT $$a;b$$, $tag$ $$ ; $tag$;'],
    ['line comments', 'postgres', 'SELECT 1 -- a;b\n+ 2;'],
    ['hash comments in MySQL', 'mysql', 'SELECT 1 # a;b\n+ 2;'],
    ['block comments', 'sqlite3', 'SELECT 1 /* a;b */ + 2;'],
    ['nested comments in PostgreSQL', 'postgres', 'SELECT 1 /* a /* ; */ ; */ + 2;'],
    [
      'bodies of triggers in SQLite',
      'sqlite3',
      "CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM u; SELECT 'END'; END;",
    ],
    [
      'bodies of triggers with CASE',
      'sqlite3',
      'CREATE TEMP TRIGGER x AFTER INSERT ON t BEGIN UPDATE t SET a = CASE WHEN 1 THEN 2 END; INSERT INTO t VALUES (9); END;',
    ],
    [
      'bodies of functions in PostgreSQL',
      'postgres',
      'CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;',
    ],
    ['rules of PostgreSQL', 'postgres', 'CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);'],
  ])('%s', (_, dialect, statement) => {
    expect(statements(`${statement}\nSELECT 2;\n`, dialect)).toEqual([statement, 'SELECT 2;']);
  });
});

describe('a backslash', () => {
  test('is a plain character in PostgreSQL and SQLite', () => {
    for (const dialect of ['postgres', 'sqlite3'] as const) {
      expect(statements("INSERT INTO t VALUES ('\\');SELECT 2;", dialect)).toHaveLength(2);
    }
  });

  test('is a plain character in dumps that xorm writes for MySQL', () => {
    expect(scan("INSERT INTO `t` VALUES ('C:\\');SELECT 2;", 'mysql', [], false)).toHaveLength(2);
  });
});

describe('comments', () => {
  test('are not part of the following statement', () => {
    const [first] = scan('-- one;\n/* two; */ # three\n  SELECT 1;', 'mysql');
    expect(first).toMatchObject({ text: 'SELECT 1;', line: 3 });
  });

  test('nest in PostgreSQL only', () => {
    expect(statements('/* a /* b */ SELECT 1; */ SELECT 2;', 'sqlite3')[0]).toBe('SELECT 1;');
    expect(statements('/* a /* b */ SELECT 1; */ SELECT 2;', 'postgres')).toEqual(['SELECT 2;']);
  });

  test('end with the line, and in PostgreSQL with a CR alone', () => {
    const text = 'SELECT 1 -- a\r; SELECT 2;\n;';
    expect(statements(text, 'sqlite3')).toEqual(['SELECT 1 -- a\r; SELECT 2;\n;']);
    expect(statements(text, 'mysql')).toEqual(['SELECT 1 -- a\r; SELECT 2;\n;']);
    expect(statements(text, 'postgres')).toEqual(['SELECT 1 -- a\r;', 'SELECT 2;']);
  });

  test('of two dashes need a space in MySQL', () => {
    expect(statements('SELECT 5--3;SELECT 2;', 'mysql')).toEqual(['SELECT 5--3;', 'SELECT 2;']);
  });

  test('that MySQL executes are statements, including strings in them', () => {
    expect(statements("/*!50003 SET x = '*/;' */;SELECT 2;", 'mysql')).toEqual([
      "/*!50003 SET x = '*/;' */;",
      'SELECT 2;',
    ]);
  });

  test.each(['/*!999999\\- enable the sandbox mode */', '/*M!999999\\- enable the sandbox mode */ '])(
    'that put a MariaDB client into its sandbox are no part of a statement: %s',
    (line) => {
      expect(statements(`${line}\nCREATE TABLE t (id int);`, 'mysql')).toEqual(['CREATE TABLE t (id int);']);
    },
  );
});

describe('lines for a client program', () => {
  test('are statements of their own: \\restrict of pg_dump', () => {
    expect(statements('\\restrict abc;def\nSELECT 1;\n\\unrestrict abc\n', 'postgres')).toEqual([
      '\\restrict abc;def',
      'SELECT 1;',
      '\\unrestrict abc',
    ]);
  });

  test('of MySQL: USE without a semicolon', () => {
    expect(statements('use `gogs`\nSELECT 1;', 'mysql')).toEqual(['use `gogs`', 'SELECT 1;']);
  });

  test('change the delimiter in MySQL', () => {
    const text = 'DELIMITER ;;\n/*!50003 CREATE TRIGGER x BEGIN a; b; END */;;\nDELIMITER ;\nSELECT 2;\n';
    expect(statements(text, 'mysql')).toEqual(['/*!50003 CREATE TRIGGER x BEGIN a; b; END */;;', 'SELECT 2;']);
  });

  test('are statements of their own: .bail of sqlite3', () => {
    expect(statements(".bail on\nSELECT 'x';", 'sqlite3')).toEqual(['.bail on', "SELECT 'x';"]);
  });
});

describe('COPY data', () => {
  const copy = 'COPY public.t (a, b) FROM stdin;\n';

  test('end with a line that is exactly \\.', () => {
    const [found, next] = scan(`${copy}1\tit's; "so"\n2\t\\\\.\n\\\\.\t3\n\\.\n\nSELECT 2;`, 'postgres');
    expect(found?.data).toBe('1\tit\'s; "so"\n2\t\\\\.\n\\\\.\t3\n\\.\n');
    expect(next).toMatchObject({ text: 'SELECT 2;', line: 7 });
  });

  test('may be empty', () => {
    expect(scan(`${copy}\\.\nSELECT 2;`, 'postgres').map(({ data }) => data)).toEqual(['\\.\n', undefined]);
  });

  test('may have Windows line ends', () => {
    expect(scan(`${copy.replace('\n', '\r\n')}1\t2\r\n\\.\r\nSELECT 2;`, 'postgres')[0]?.data).toBe('1\t2\r\n\\.\r\n');
  });
});

describe('a truncated dump is rejected with the line of the fault', () => {
  test.each<[string, Dialect, string, RegExp]>([
    ['string', 'mysql', "SELECT 1;\n\nINSERT INTO t VALUES ('abc", /inside a string that begins on line 3 \(byte 33\)/],
    ['name', 'mysql', 'CREATE TABLE `t', /inside a quoted name .* line 1/],
    ['comment', 'postgres', 'SELECT 1; /* /* */ ', /inside a comment .* line 1/],
    ['dollar quote', 'postgres', 'SELECT $x$ $y$', /inside a dollar-quoted string .* line 1/],
    ['COPY data', 'postgres', '\nCOPY t FROM stdin;\n1\n2', /inside COPY data .* line 2/],
  ])('in a %s', (_, dialect, text, message) => {
    expect(() => scan(text, dialect)).toThrow(InputError);
    expect(() => scan(text, dialect)).toThrow(message);
  });

  test('in a statement: the statement is found, and marked as unterminated', () => {
    expect(scan('SELECT 1; SELECT 2', 'mysql').map(({ terminated }) => terminated)).toEqual([true, false]);
  });
});

describe('a dollar tag', () => {
  const quoted = (tag: string): string => `SELECT $${tag}$a;b$${tag}$;SELECT 2;`;

  test('is read up to 64 bytes', () => {
    expect(statements(quoted('x'.repeat(64)), 'postgres')).toHaveLength(2);
  });

  test('that is longer is rejected with its place', () => {
    expect(() => statements(quoted('x'.repeat(65)), 'postgres')).toThrow(
      /dump\.sql, line 1 \(byte 7\).*more than 64 bytes/,
    );
  });
});

test('a statement of several megabytes needs only the memory of its beginning', () => {
  const [found] = scan(`INSERT INTO t VALUES ('${'x'.repeat(3_000_000)}');`, 'mysql', [1000, 2000, 1_000_000]);
  expect(found?.text.length).toBe(3_000_026);
  expect(found?.head.length).toBeLessThanOrEqual(32 * 1024);
});

describe('the result does not depend on where the pieces of the file end', () => {
  const texts: Record<Dialect, string> = {
    mysql:
      "/*M!999999\\- enable the sandbox mode */ \n-- c;\n/*!40101 SET NAMES utf8 */;\nINSERT INTO `a``;b` VALUES (1,'it\\'s;\\\\','''',\"\\\";\"),\n(2,'ü');\n" +
      'DELIMITER ;;\nCREATE TRIGGER x; y;;\nDELIMITER ;\n# c;\nSELECT 5--3; -- c\n/* ; */ SELECT 2;',
    postgres:
      "\\restrict x;\n-- c;\nSELECT E'it\\'s;\\\\', '\\', $t$ ; $$ $t$, $$;$$; /* a /* ; */ ; */\nCOPY \"a;b\" (x) FROM stdin;\n1\t\\\\.\n\\\\.\n\\.\n" +
      'SELECT "a;""b";-- d\rSELECT 3 -- e\r\n;\nCOPY t FROM stdin;\n\\.\nSELECT 2;',
    sqlite3:
      "PRAGMA x=OFF;\n.bail on\nCREATE TABLE [a;b] (`c;` int);\nINSERT INTO t VALUES('\\','it''s;\n',x'00');\nCREATE TRIGGER x BEGIN SELECT 1; END;\n-- c;\nCOMMIT;",
  };

  test.each(Object.entries(texts) as [Dialect, string][])('%s, every cut', (dialect, text) => {
    const whole = scan(text, dialect);
    expect(whole.length).toBeGreaterThan(4);
    for (let cut = 1; cut < Buffer.byteLength(text); cut++) expect(scan(text, dialect, [cut])).toEqual(whole);
    // And one byte at a time.
    expect(
      scan(
        text,
        dialect,
        [...Array(Buffer.byteLength(text) - 1).keys()].map((i) => i + 1),
      ),
    ).toEqual(whole);
  });

  test('any text, any cuts', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '`',
      '\\',
      ';',
      '\n',
      '--',
      '-- ',
      '/*',
      '*/',
      '/*!',
      '$',
      '$a$',
      'E',
      '#',
      '[',
      ']',
      'a',
      ' ',
      'x'.repeat(70),
      '\\.\n',
      '\\.',
      'COPY t FROM stdin;\n',
    );
    const attempt = (text: string, dialect: Dialect, cuts: number[]): unknown => {
      try {
        return scan(text, dialect, cuts);
      } catch (error) {
        return (error as Error).message;
      }
    };
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
        fc.constantFrom<Dialect>('mysql', 'postgres', 'sqlite3'),
        fc.array(fc.nat(), { maxLength: 4 }),
        (text, dialect, rough) => {
          const length = Buffer.byteLength(text);
          const cuts = [...new Set(rough.map((cut) => cut % (length + 1)))]
            .filter((cut) => cut < length)
            .sort((a, b) => a - b);
          expect(attempt(text, dialect, cuts)).toEqual(attempt(text, dialect, []));
        },
      ),
      {
        numRuns: runs(400),
        // Found with seed 1397984232: a tag of 70 bytes or more was recognized or not depending on where a piece ended.
        examples: [
          [`$${'x'.repeat(70)}$;$${'x'.repeat(70)}$;`, 'postgres', [68]],
          [`a $${'x'.repeat(64)}$;$${'x'.repeat(64)}$;`, 'postgres', [10, 67]],
        ],
      },
    );
  });
});
