/**
 * Loads generated dumps, plain, unlucky and hostile, into the real engines. The program must read exactly the rows that the
 * engine then has, or reject the dump and say where; it must never read others.
 *
 * CI tries some 1,000 cases that are always the same. `GOGS_TEST_TIMES=50 GOGS_TEST_SEED=7 npm run test:differential` tries
 * fifty times as many, and different ones.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Dialect } from '../../src/formats/sql/syntax/Dialect.js';
import { effort, runs } from '../support/effort.js';
import {
  compareLiterals,
  compareScript,
  type LiteralCase,
  literalCase,
  newOutcomes,
  type Outcomes,
} from './compare.js';
import { MAIN_PLACE, OTHER_PLACE, openReferenceEngine, type ReferenceEngine } from './ReferenceEngine.js';
import { scriptOf } from './scripts.js';

const folder = mkdtempSync(join(tmpdir(), 'differential-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const seed = effort('SEED', 20_201_007);
const timeout = runs(60_000);
/** Rows tried in one session, half of this number on average. */
const BATCH = 100;
const BATCHES = 4;
/** MariaDB creates and drops tables slowly. */
const SCRIPTS = { mysql: 60, postgres: 120, sqlite3: 220 } as const;

/** What other seeds found. */
const FOUND_LITERALS: Readonly<Record<Dialect, readonly LiteralCase[]>> = {
  mysql: [
    { table: 'release', session: [], values: { tag_name: "_ascii'é'" } },
    { table: 'release', session: [], values: { tag_name: "_ascii'e'" } },
    { table: 'release', session: [], values: { tag_name: "'' COLLATE utf8mb4_bin IS NULL" } },
    { table: 'release', session: ["SET sql_mode='ORACLE'"], values: { title: "REPLACE('','a','b')" } },
  ],
  postgres: [
    { table: 'release', session: [], values: { is_draft: 'NULL::text IS NULL' } },
    { table: 'release', session: [], values: { is_draft: "'t'::boolean IS NULL" } },
  ],
  sqlite3: [
    { table: 'release', session: [], values: { created_unix: "0||x'00'", repo_id: "'a'||x'00'" } },
    { table: 'release', session: [], values: { tag_name: "'' COLLATE NOCASE IS NULL" } },
    { table: 'release', session: [], values: { repo_id: '9007199254740993.0', created_unix: "'9007199254740993.0'" } },
  ],
};
const STAR = 'CREATE TABLE star (id bigint, uid bigint, repo_id bigint)';
const TEMPORARY_STAR = STAR.replace('TABLE', 'TEMPORARY TABLE');
const NOTICE = 'CREATE TABLE notice (id bigint, type int, description varchar(9), created_unix bigint)';
/** A definition with one column or key of its own, and what is then added. */
const star = (uid: string, more: string, ...statements: string[]): string[] => [
  `CREATE TABLE star (id int, uid int ${uid}, repo_id int${more})`,
  ...statements,
];
const INSERT_ID = 'INSERT INTO star (id) VALUES (1)';
const ROWS = 'INSERT INTO star (id, uid, repo_id) VALUES (1, 1, 1), (2, 2, 2)';
const REPLACE = 'REPLACE INTO star (id, uid, repo_id) VALUES (3, 1, 1)';
const SKIP = 'INSERT INTO star (id, uid, repo_id) VALUES (3, 1, 1) ON CONFLICT DO NOTHING';
/** Words that touch what follows them. */
const DEFAULTS_WITHOUT_SPACE = ["DEFAULT'7'", 'DEFAULT(7)', 'DEFAULT+7', 'DEFAULT-7', 'DEFAULT/**/7'];
const INSERTS_WITH_COMMENTS = [
  'INSERT INTO star/**/(id)VALUES(7)',
  'INSERT INTO star(id/*c*/,uid)VALUES(7,8)',
  'INSERT INTO star-- c\n(id)VALUES(7)',
];
/** MySQL's collations fold more than case: a text of each pair replaces the other in some of them. */
const FOLDED_PAIRS = [
  ['ß', 'ss'],
  ['ß', 's'],
  ['æ', 'ae'],
  ['a\u200b', 'a'],
  ['ａ', 'a'],
  ['\u{1f600}', '\u{1f601}'],
  ['ü', 'y'],
];
const COLLATIONS = ['general_ci', 'unicode_ci', 'unicode_520_ci', 'german2_ci', 'swedish_ci', 'bin'];
/** A table with one column of its own, and a row with this value of it. */
const notice = (type: string, value: string, ...before: string[]): string[] => [
  `CREATE TABLE notice (id int, type int, description ${type}, created_unix int)`,
  ...before,
  `INSERT INTO notice VALUES (1, 1, ${value}, 1)`,
];
const LOOSE = "SET sql_mode=''";
const SOME_FAIL = 'INSERT IGNORE INTO star VALUES (1, 2, 3), (2, 7, 8)';
const LFS = 'CREATE TABLE lfs_object (repo_id int, oid varchar(9), size int, storage text, created_at timestamp)';
const OTHER = ['CREATE TABLE other (id int)', 'INSERT INTO other VALUES (1)'];
const DELETES_STARS = 'CREATE FUNCTION k() RETURNS int LANGUAGE plpgsql AS $$BEGIN DELETE FROM star; RETURN 1; END$$';
const VIEW = 'CREATE VIEW star AS SELECT 1 AS id, 2 AS uid, 3 AS repo_id';
const OF_VIEWS: readonly (readonly string[])[] = [
  [NOTICE, VIEW, 'DROP VIEW star'],
  [NOTICE, VIEW, 'DROP VIEW star', STAR, 'INSERT INTO star VALUES (1, 2, 3)'],
  [NOTICE, VIEW, 'DROP TABLE IF EXISTS star', 'DROP VIEW IF EXISTS star', STAR, 'INSERT INTO star VALUES (1, 2, 3)'],
  [NOTICE, STAR, 'DROP TABLE star', VIEW, 'DROP VIEW star'],
  [NOTICE, VIEW, 'CREATE VIEW v AS SELECT 1 AS id', 'DROP VIEW v, star'],
  [NOTICE, VIEW, STAR.replace('TABLE', 'TABLE IF NOT EXISTS')],
  [NOTICE, VIEW, 'BEGIN', 'DROP VIEW star', 'ROLLBACK'],
  [NOTICE, 'BEGIN', VIEW, 'DROP VIEW star', 'COMMIT'],
  // The place of a view that a dump program creates beforehand.
  [
    STAR,
    'INSERT INTO star VALUES (1, 2, 3)',
    'CREATE TABLE v (id int)',
    'DROP TABLE v',
    'CREATE VIEW v AS SELECT * FROM star',
    'DELETE FROM v',
  ],
  [
    STAR,
    'CREATE TABLE v (id int)',
    'DROP TABLE v',
    'CREATE VIEW v AS SELECT * FROM star',
    'INSERT INTO v VALUES (1, 2, 3)',
  ],
];
const OF_TEMPORARY_VIEWS: readonly (readonly string[])[] = [
  [NOTICE, VIEW.replace('VIEW', 'TEMP VIEW')],
  [NOTICE, STAR, 'INSERT INTO star VALUES (1, 2, 3)', VIEW.replace('VIEW', 'TEMP VIEW'), 'DROP VIEW star'],
  [NOTICE, VIEW, VIEW.replace('VIEW', 'TEMP VIEW'), 'DROP VIEW star'],
];
const FOUND_SCRIPTS: Readonly<Record<Dialect, readonly (readonly string[])[]>> = {
  mysql: [
    [NOTICE, VIEW],
    ...OF_VIEWS,
    [NOTICE, VIEW, VIEW.replace('CREATE', 'CREATE OR REPLACE'), 'DROP VIEW star'],
    [NOTICE, VIEW, `DROP VIEW ${MAIN_PLACE}.star`],
    ...DEFAULTS_WITHOUT_SPACE.map((text) => star(text, '', INSERT_ID)),
    ...INSERTS_WITH_COMMENTS.map((text) => [STAR, text]),
    [NOTICE, 'SET sql_mode=1048576+0', "INSERT INTO notice VALUES (1, 1, 'a\\\\b', 1)"],
    ...['KEY', 'AUTO_INCREMENT KEY', 'SERIAL DEFAULT VALUE'].map((text) => star(text, '', ROWS, REPLACE)),
    star('', '', 'ALTER TABLE star MODIFY uid int UNIQUE', ROWS, REPLACE),
    star('', '', 'ALTER TABLE star MODIFY uid int DEFAULT 5', INSERT_ID),
    star('KEY', '', 'ALTER TABLE star MODIFY uid int AUTO_INCREMENT', INSERT_ID),
    star('NOT NULL', ', CONSTRAINT`u`UNIQUE(uid)', ROWS, REPLACE),
    star('NOT NULL', ', CONSTRAINT `my key` UNIQUE(uid)', ROWS, REPLACE),
    star('', '', 'CREATE UNIQUE INDEX`u`ON`star`(`uid`)', ROWS, REPLACE),
    star('', '', `CREATE UNIQUE INDEX u ON ${MAIN_PLACE}.star(uid)`, ROWS, REPLACE),
    star('', '', 'CREATE UNIQUE INDEX `x on y(z)` ON star(uid)', ROWS, REPLACE),
    star('', '', `CREATE TRIGGER t BEFORE INSERT ON ${MAIN_PLACE}.star FOR EACH ROW SET NEW.uid = 9`, ROWS),
    ...COLLATIONS.flatMap((collation) =>
      FOLDED_PAIRS.map(([first, second]) => [
        `CREATE TABLE notice (id int, type int, description varchar(9) COLLATE utf8mb4_${collation} UNIQUE, created_unix int)`,
        `REPLACE INTO notice VALUES (1, 1, '${first}', 1), (2, 1, '${second}', 1)`,
      ]),
    ),
    [
      "CREATE TABLE notice (id int, type int, description text CHARACTER SET 'latin1', created_unix int)",
      "SET sql_mode=''",
      "INSERT INTO notice VALUES (1, 1, '中', 1)",
    ],
    ["SET sql_mode=''", STAR.replace('uid bigint', 'uid bool'), 'INSERT INTO star VALUES (1, 300, 3)'],
    ...['datetime', 'datetime(3)', 'timestamp'].flatMap((type) =>
      ['2020-01-02', '2020-01-02 03:04:05', '0000-00-00', '1969-01-01 00:00:00'].map((value) => [
        "SET sql_mode=''",
        NOTICE.replace('varchar(9)', type),
        `INSERT INTO notice VALUES (1, 1, '${value}', 1)`,
      ]),
    ),
    ...['tinyblob', 'longblob', 'varbinary(9)'].flatMap((type) =>
      ['-0.00', '-0', '1e3', '007'].map((value) => [
        STAR,
        `CREATE TABLE notice (id bigint, type int, description ${type}, created_unix bigint)`,
        `INSERT INTO notice VALUES (1, 1, ${value}, 1)`,
      ]),
    ),
    [`${STAR} ENGINE=MyISAM`, TEMPORARY_STAR, 'INSERT DELAYED INTO star VALUES (1, 2, 3)'],
    [`${STAR} ENGINE=MyISAM`, 'INSERT DELAYED INTO star VALUES (1, 2, 3)'],
    [
      'CREATE TABLE star (id int, uid int, repo_id int, PRIMARY KEY (id)) ENGINE=MyISAM',
      'INSERT INTO star VALUES (1, 1, 1), (NULL, 1, 1)',
    ],
    [`USE ${MAIN_PLACE}`, STAR, TEMPORARY_STAR, `INSERT INTO ${MAIN_PLACE}.star VALUES (1, 2, 3)`],
    [STAR, TEMPORARY_STAR, `INSERT INTO ${MAIN_PLACE}.star VALUES (1, 2, 3)`],
    [STAR, TEMPORARY_STAR.replace('star', `${MAIN_PLACE}.star`), 'INSERT INTO star VALUES (1, 2, 3)'],
    ...['PRIMARY KEY (uid, id)', 'KEY (uid, id)'].map((key) => [
      `CREATE TABLE star (id int AUTO_INCREMENT, uid int, repo_id int, ${key}) ENGINE=MyISAM`,
      'INSERT INTO star (uid, repo_id) VALUES (1, 1), (2, 1), (1, 2)',
    ]),
    ...['2', '1', "'2'", 'TRUE'].flatMap((value) => [
      notice("enum('2','1')", value),
      notice("set('2','1')", value),
      notice('int(5) zerofill', value),
    ]),
    [LOOSE, 'CREATE TABLE star (id int, uid int(5) zerofill, repo_id int)', 'INSERT INTO star VALUES (1, -5, 3)'],
    star('AS (id + 1)', '', LOOSE, 'INSERT INTO star VALUES (1, 99, 3)'),
    star('GENERATED ALWAYS AS (id + 1) STORED', '', 'INSERT IGNORE INTO star (id, uid) VALUES (1, 99)'),
    star('CHECK (uid > 5)', '', SOME_FAIL),
    star('', '', 'ALTER TABLE star ADD CONSTRAINT c CHECK (uid > 5)', SOME_FAIL),
    star('', ') PARTITION BY RANGE (id) (PARTITION p VALUES LESS THAN (2)', SOME_FAIL),
    [
      'CREATE TABLE other (id int PRIMARY KEY) ENGINE=InnoDB',
      'CREATE TABLE star (id int, uid int, repo_id int, FOREIGN KEY (uid) REFERENCES other (id)) ENGINE=InnoDB',
      SOME_FAIL,
    ],
    notice('json', "'x'", 'SET check_constraint_checks=1').map((text) => text.replace('INSERT', 'INSERT IGNORE')),
    notice('text', "'中'", LOOSE, 'ALTER TABLE notice DEFAULT CHARACTER SET latin1, MODIFY description text'),
    [...notice('text', "'中'", LOOSE), 'ALTER TABLE notice COLLATE latin1_swedish_ci, MODIFY description text'],
    [...notice('text', "'😀'", LOOSE), 'ALTER TABLE notice CONVERT TO CHARACTER SET utf8mb3'],
    [...notice('text', "'😀'", LOOSE), 'ALTER TABLE notice MODIFY description text CHARACTER SET utf8'],
    [STAR, LOOSE, 'INSERT INTO star VALUES (1, -2, 3)', 'ALTER TABLE star MODIFY uid bigint unsigned'],
    ...['character_set_server=latin1', 'collation_server=latin1_swedish_ci'].map((setting) => [
      `SET ${setting}`,
      `CREATE DATABASE ${OTHER_PLACE}`,
      `USE ${OTHER_PLACE}`,
      ...notice('text', "'中'", LOOSE),
    ]),
    ...['nvarchar(5)', 'nchar(5)', 'varchar(3) unicode', 'varchar(3) byte', 'text character set ucs2'].map((type) =>
      notice(type, "'😀'", LOOSE),
    ),
    ...['character_set_connection=ascii', 'collation_connection=ascii_bin'].map((setting) =>
      notice('text', "'é'", LOOSE, `SET ${setting}`),
    ),
    [
      `${STAR} WITH SYSTEM VERSIONING`,
      'SET system_versioning_insert_history=1',
      "INSERT INTO star (id, uid, repo_id, row_start, row_end) VALUES (1, 2, 3, '2020-01-01', '2021-01-01')",
    ],
    [LFS, "SET time_zone='+05:00'", "INSERT INTO lfs_object VALUES (1, 'a', 2, 'b', '2020-01-02 03:04:05')"],
    ['SET explicit_defaults_for_timestamp=0', LFS, "INSERT INTO lfs_object VALUES (1, 'a', 2, 'b', NULL)"],
    ['SET explicit_defaults_for_timestamp=0', LFS, "INSERT INTO lfs_object (repo_id, oid) VALUES (1, 'a')"],
    notice('text', "'a\\\\b'", "SET sql_mode='NO_BACKSLASH_ESCAPES '"),
    ["SET sql_mode='REAL_AS_FLOAT'", ...notice('real', '123456.789')],
    [STAR, INSERT_ID, `USE ${MAIN_PLACE}`, 'DROP TABLE star'],
    [LOOSE, 'CREATE TABLE star (id int, uid bigint KEY, repo_id int)', 'INSERT INTO star VALUES (1, DEFAULT, 3)'],
    [
      'CREATE TABLE star (id int UNIQUE, uid int, repo_id int) ENGINE=MyISAM',
      ROWS,
      'INSERT DELAYED INTO star VALUES (1, 3, 4)',
    ],
    [
      STAR,
      INSERT_ID,
      'CREATE FUNCTION f() RETURNS int BEGIN DELETE FROM star; RETURN 1; END',
      ...OTHER,
      'DELETE FROM other WHERE f() > 0',
    ],
    [
      STAR,
      INSERT_ID,
      ...OTHER,
      'CREATE TRIGGER t BEFORE INSERT ON other FOR EACH ROW DELETE FROM star',
      'REPLACE INTO other SET id = 1',
    ],
  ],
  postgres: [
    [NOTICE, VIEW],
    ...OF_VIEWS,
    ...OF_TEMPORARY_VIEWS,
    [NOTICE, VIEW, VIEW.replace('CREATE', 'CREATE OR REPLACE'), 'DROP VIEW star CASCADE'],
    [NOTICE, VIEW.replace('VIEW', 'MATERIALIZED VIEW')],
    [NOTICE, VIEW.replace('VIEW', 'MATERIALIZED VIEW'), 'DROP MATERIALIZED VIEW star'],
    [NOTICE, 'CREATE SCHEMA s', VIEW.replace('star', 's.star'), 'DROP SCHEMA s CASCADE'],
    [
      STAR,
      NOTICE,
      'INSERT INTO star VALUES (1, 2, 3)',
      'CREATE TEMP VIEW notice AS SELECT * FROM star',
      'DELETE FROM notice',
    ],
    [STAR, NOTICE, 'CREATE TEMP VIEW notice AS SELECT * FROM star', 'INSERT INTO notice VALUES (1, 2, 3)'],
    [
      STAR,
      NOTICE,
      'CREATE RULE "_RETURN" AS ON SELECT TO star DO INSTEAD SELECT 1::bigint AS id, 2::bigint AS uid, 3::bigint AS repo_id',
    ],
    ...DEFAULTS_WITHOUT_SPACE.map((text) => star(text, '', INSERT_ID)),
    ...INSERTS_WITH_COMMENTS.map((text) => [STAR, text]),
    [STAR, ROWS, 'TRUNCATE TABLE star*'],
    [STAR, 'ALTER TABLE IF EXISTS star* ALTER uid SET DEFAULT 9', INSERT_ID],
    ['CREATE DOMAIN d AS int', 'ALTER DOMAIN d SET DEFAULT 5', STAR.replace('uid bigint', 'uid d'), INSERT_ID],
    [
      'CREATE SCHEMA s',
      'CREATE DOMAIN s.d AS int DEFAULT 5',
      'CREATE DOMAIN d AS int DEFAULT 6',
      STAR.replace('uid bigint', 'uid s.d'),
      INSERT_ID,
    ],
    [STAR.replace('id bigint', 'id "serial"'), 'INSERT INTO star (uid) VALUES (5)'],
    star('', ', CONSTRAINT"u"UNIQUE(uid)', ROWS, SKIP),
    star('', ', CONSTRAINT "my key" UNIQUE(uid)', ROWS, SKIP),
    star('CONSTRAINT "default 3" DEFAULT 7', '', INSERT_ID),
    star('', '', 'CREATE UNIQUE INDEX"u"ON"public"."star"USING btree("uid")', ROWS, SKIP),
    star('', '', 'CREATE UNIQUE INDEX "x on y(z)" ON star(uid)', ROWS, SKIP),
    [NOTICE.replace('varchar(9)', 'bool'), 'INSERT INTO notice VALUES (1, 1, true, 1)'],
    ...['timestamp', 'timestamptz'].flatMap((type) =>
      ['2020-01-02T03:04:05Z', '2020-01-02 03:04:05+00', '2020-01-02 03:04:05.10'].map((value) => [
        NOTICE.replace('varchar(9)', type),
        `INSERT INTO notice VALUES (1, 1, '${value}', 1)`,
      ]),
    ),
    [
      STAR,
      'CREATE TABLE notice (id bigint, type int, description text, created_unix bigint)',
      "CREATE FUNCTION spell(int) RETURNS text LANGUAGE sql AS $$ SELECT 'number' $$",
      'CREATE CAST (int AS text) WITH FUNCTION spell(int) AS ASSIGNMENT',
      'INSERT INTO notice VALUES (1, 1, 5, 1)',
    ],
    [TEMPORARY_STAR, 'INSERT INTO pg_temp.star VALUES (1, 2, 3)'],
    [STAR, TEMPORARY_STAR, 'INSERT INTO pg_temp.star VALUES (1, 2, 3)'],
    [STAR, STAR.replace('star', 'pg_temp.star'), 'INSERT INTO star VALUES (1, 2, 3)'],
    [STAR, 'SET search_path = pg_temp, public', STAR, 'INSERT INTO star VALUES (1, 2, 3)'],
    [TEMPORARY_STAR, STAR, 'INSERT INTO public.star VALUES (1, 2, 3)'],
    [STAR, `${TEMPORARY_STAR} ON COMMIT DROP`, 'INSERT INTO star VALUES (1, 2, 3)'],
    ...['coalesce', 'max', 'concat'].map((name) =>
      notice('text', "'a\\\\b'", `SELECT ${name}(set_config('standard_conforming_strings', 'off', false))`),
    ),
    ['CREATE TABLE star (id serial, uid serial, repo_id int)', 'INSERT INTO star (repo_id) VALUES (1), (2)'],
    ['CREATE TABLE star (id int, uid serial, repo_id int)', "SELECT setval('star_uid_seq', 5)", INSERT_ID],
    [
      'CREATE SEQUENCE star_id_seq',
      'CREATE TABLE star (id serial, uid int, repo_id int)',
      "SELECT setval('star_id_seq1', 5)",
      'INSERT INTO star (uid) VALUES (1)',
    ],
    notice('text', `'007'::"d"`, 'CREATE DOMAIN d AS int'),
    notice('text', `'abc'::"d" || 'c'`, 'CREATE DOMAIN d AS varchar(2)'),
    notice('text', `'(1, x)'::"d"`, 'CREATE TYPE d AS (a int, b text)'),
    notice('text', "'1' || '07'::int"),
    ...['numeric', 'bpchar'].flatMap((type) =>
      ['1.0', "'1 '"].map((value) => [
        ...notice(`${type} UNIQUE`, '1'),
        `INSERT INTO notice VALUES (2, 2, ${value}, 2) ON CONFLICT DO NOTHING`,
      ]),
    ),
    ...['ALL', 'TEMP', 'TEMPORARY'].map((what) => [
      STAR,
      TEMPORARY_STAR,
      `DISCARD ${what}`,
      'INSERT INTO star VALUES (1, 2, 3)',
    ]),
    ...['ALL', 'PLANS', 'SEQUENCES'].map((what) =>
      notice('text', "'a\\\\b'", 'SET standard_conforming_strings=off', `DISCARD ${what}`),
    ),
    notice('text', "'abc' || 'def'::varchar(3)"),
    notice('text', "'a'\n'bc'::varchar(2)"),
    ...[
      'UPDATE other SET id = k()',
      'INSERT INTO other VALUES (k/**/())',
      'INSERT INTO other SELECT k()',
      'CREATE VIEW v AS SELECT k() AS a|SELECT * FROM v',
      'CREATE VIEW v AS SELECT k() AS a|CREATE TABLE x AS SELECT * FROM v',
      'CREATE FUNCTION l() RETURNS int LANGUAGE sql AS \'SELECT k()\'|UPDATE other SET id = "l" ()',
    ].map((text) => [STAR, INSERT_ID, ...OTHER, DELETES_STARS, ...text.split('|')]),
    [
      STAR,
      INSERT_ID,
      ...OTHER,
      DELETES_STARS.replace('BEGIN', `BEGIN /*${' '.repeat(40_000)}*/`),
      'UPDATE other SET id = k()',
    ],
    [STAR, INSERT_ID, `SELECT 1 AS id /*${' '.repeat(40_000)}*/ INTO notice`],
  ],
  sqlite3: [
    [NOTICE, VIEW],
    ...OF_VIEWS,
    ...OF_TEMPORARY_VIEWS,
    ...DEFAULTS_WITHOUT_SPACE.map((text) => star(text, '', INSERT_ID)),
    ...INSERTS_WITH_COMMENTS.map((text) => [STAR, text]),
    star('DEFAULT 7 DEFAULT 8', '', INSERT_ID),
    ...['"INTEGER"', '[INTEGER]', "'INTEGER'"].map((type) => [
      `CREATE TABLE star (id ${type} PRIMARY KEY, uid int, repo_id int)`,
      'INSERT INTO star (uid) VALUES (5)',
    ]),
    [
      'CREATE TABLE star (id INTEGER, uid int, repo_id int, PRIMARY KEY(id AUTOINCREMENT))',
      'INSERT INTO star (uid) VALUES (5)',
    ],
    star('', ', CONSTRAINT[u]UNIQUE(uid)', ROWS, REPLACE),
    ...['"u"ON"star"("uid")', "'u'ON'star'('uid')", '[u]ON[star]([uid])', ' "x on y(z)" ON star(uid)'].map((text) =>
      star('', '', `CREATE UNIQUE INDEX${text}`, ROWS, REPLACE),
    ),
    ...["'nocase'", '[nocase]', '"NOCASE"'].map((collation) => [
      NOTICE.replace('varchar(9)', `TEXT UNIQUE COLLATE ${collation}`),
      "REPLACE INTO notice VALUES (1, 1, 'a', 1), (2, 1, 'A', 1)",
    ]),
    [STAR, NOTICE, 'DROP TABLE star', VIEW],
    ...['12345678901234567890', '-9223372036854775808', '-0'].map((value) => [
      STAR,
      'CREATE TABLE notice (id INTEGER, type INTEGER, description BLOB, created_unix INTEGER)',
      `INSERT INTO notice VALUES (1, 1, ${value}, 1)`,
    ]),
    [
      'CREATE TABLE star (id INTEGER PRIMARY KEY, uid INTEGER, repo_id INTEGER)',
      'INSERT INTO star (uid) VALUES (5)',
      'INSERT OR REPLACE INTO star VALUES (1, 2, 3)',
    ],
    [TEMPORARY_STAR, 'INSERT INTO temp.star VALUES (1, 2, 3)'],
    [STAR, TEMPORARY_STAR, 'INSERT INTO temp.star VALUES (1, 2, 3)'],
    [STAR, STAR.replace('star', 'TEMP.star'), 'INSERT INTO star VALUES (1, 2, 3)'],
    [TEMPORARY_STAR, STAR, 'INSERT INTO main.star VALUES (1, 2, 3)', 'INSERT INTO star VALUES (4, 5, 6)'],
    star('CHECK (uid > 5)', '', 'INSERT OR IGNORE INTO star VALUES (1, 2, 3), (2, 7, 8)'),
    star('', ', CHECK (uid > 5)', 'INSERT OR IGNORE INTO star VALUES (1, 2, 3), (2, 7, 8)'),
    [
      'CREATE TABLE star (id INTEGER PRIMARY KEY, uid INTEGER, repo_id INTEGER) WITHOUT ROWID',
      'INSERT OR IGNORE INTO star VALUES (NULL, 7, 3)',
    ],
    notice('TEXT', "CAST('07' AS CHARINT)"),
    [STAR, 'PRAGMA temp_store=2', TEMPORARY_STAR, 'PRAGMA temp_store=1', 'INSERT INTO star VALUES (1, 2, 3)'],
    [STAR, 'SAVEPOINT x', 'SAVEPOINT x', 'INSERT INTO star VALUES (1, 2, 3)', 'RELEASE x'],
    [STAR, 'SAVEPOINT x', 'SAVEPOINT y', 'SAVEPOINT x', 'INSERT INTO star VALUES (1, 2, 3)', 'RELEASE y', 'RELEASE x'],
    [
      'CREATE TABLE star (id INTEGER PRIMARY KEY AUTOINCREMENT, uid, repo_id)',
      'INSERT INTO star VALUES (1, 2, 3)',
      'UPDATE sqlite_sequence SET seq = 70',
      'INSERT INTO star (uid) VALUES (4)',
    ],
    [STAR.replace('id bigint', 'id bigint unsigned'), 'INSERT INTO star (id) VALUES (9223372036854775808)'],
    ["ATTACH ':memory:' AS x", STAR.replace('star', 'x.star'), 'INSERT INTO star VALUES (1, 2, 3)', 'DETACH x'],
  ],
};

/** Leaves nothing open, because the `afterAll` of a skipped suite does not run. */
async function isThere(dialect: Dialect): Promise<boolean> {
  try {
    await (await openReferenceEngine[dialect]()).close();
    return true;
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    process.stderr.write(`${dialect} cannot be reached: what needs it is not tested here\n`);
    return false;
  }
}

/** A generator whose cases are nearly all rejected compares nothing. */
function expectMeaningful({ same, refused, invalid }: Outcomes): void {
  const all = same + refused + invalid;
  expect(same).toBeGreaterThan(all / 12);
  expect(refused).toBeGreaterThan(all / 20);
}

for (const dialect of ['mysql', 'postgres', 'sqlite3'] as const) {
  const suite = (await isThere(dialect)) ? describe : describe.skip;
  suite(dialect, () => {
    let engine: ReferenceEngine;
    beforeAll(async () => {
      engine = await openReferenceEngine[dialect]();
    });
    afterAll(() => engine.close());

    test(
      'values are read as the engine stores them, or rejected with their place',
      async () => {
        const outcomes = newOutcomes();
        const cases = fc.array(literalCase(dialect), { minLength: 1, maxLength: BATCH, size: 'max' });
        const property = fc.asyncProperty(cases, async (batch) => {
          expect(await compareLiterals(engine, batch, folder, outcomes)).toEqual([]);
        });
        await fc.assert(property, { seed, numRuns: runs(BATCHES), examples: [[FOUND_LITERALS[dialect]]] });
        expectMeaningful(outcomes);
      },
      timeout,
    );

    test(
      'after all statements the rows are those of the engine, or the dump is rejected with the place',
      async () => {
        const outcomes = newOutcomes();
        const property = fc.asyncProperty(scriptOf(dialect), async (script) => {
          expect(await compareScript(engine, script, folder, outcomes)).toBeUndefined();
        });
        await fc.assert(property, {
          seed,
          numRuns: runs(SCRIPTS[dialect]),
          examples: FOUND_SCRIPTS[dialect].map((statements) => [
            { dialect, statements: statements.map((sql) => ({ sql })) },
          ]),
        });
        expectMeaningful(outcomes);
      },
      timeout,
    );
  });
}
