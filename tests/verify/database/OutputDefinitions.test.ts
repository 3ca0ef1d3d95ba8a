import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { TemporaryFolder } from '../../../src/files/TemporaryFolder.js';
import { describeTable } from '../../../src/formats/sql/definitions/describeTable.js';
import { GOGS } from '../../../src/gogs/gogsHistory.js';
import { openSource } from '../../../src/inputs/openSource.js';
import { checkDefinitions } from '../../../src/verify/database/OutputDefinitions.js';
import { fixture } from '../../support/fixtures.js';

/** What differs between the schema that a release created, as its engine's own tool dumps it, and that of a target. */
async function differences(dump: string, to: string): Promise<readonly unknown[]> {
  const temporary = new TemporaryFolder();
  const source = await openSource(join(fixture('schema', dump)), { history: GOGS, temporary, notice: () => undefined });
  try {
    const notices = await checkDefinitions(source, GOGS.targetNamed(to));
    expect(notices.every(({ remedy }) => !remedy.includes('--to') || remedy.includes(`--to ${to}`))).toBe(true);
    return notices.map(({ place }) => place);
  } finally {
    await source.close();
    await temporary.remove();
  }
}

test.each(['mysql', 'postgres', 'sqlite3'])(
  'the schema that Gogs creates on %s is that of its own release alone',
  async (engine) => {
    expect(await differences(`0.13.0-${engine}.sql`, '0.13')).toEqual([]);
    expect(await differences(`0.14.3-${engine}.sql`, '0.14')).toEqual([]);
    expect(await differences(`0.13.0-${engine}.sql`, '0.14')).toEqual(
      expect.arrayContaining(['email_address lacks UNIQUE email_address_user_email_unique (uid, email)']),
    );
    expect(await differences(`0.14.3-${engine}.sql`, '0.13')).toEqual(
      expect.arrayContaining(['email_address lacks UNIQUE UQE_email_address_email (email)']),
    );
  },
);

test.each([
  [
    'mysql',
    'CREATE TABLE `t` (`id` bigint(20) NOT NULL AUTO_INCREMENT, `n` int(11) DEFAULT 0, PRIMARY KEY (`id`), UNIQUE KEY `u` (`n`,`id`))',
    "CREATE TABLE t (\n  ID BIGINT NOT NULL, -- its id\n  n integer DEFAULT '0', UNIQUE INDEX `u`(`n` ASC, `id` ASC) USING BTREE)",
    'ALTER TABLE `t` ADD PRIMARY KEY (`id`), MODIFY `id` bigint NOT NULL AUTO_INCREMENT',
  ],
  [
    'postgres',
    `CREATE TABLE "t" ("id" bigserial NOT NULL, "n" character varying(9) DEFAULT 'x'::character varying, at timestamp with time zone)`,
    `CREATE TABLE public.t (id int8 NOT NULL, n varchar(9) COLLATE "pg_catalog"."default" DEFAULT 'x', at timestamptz)`,
    `ALTER TABLE ONLY public.t ALTER COLUMN id SET DEFAULT nextval('public.t_id_seq'::regclass)`,
  ],
  [
    'sqlite3',
    'CREATE TABLE `t` (`id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, `n` TEXT NULL UNIQUE, `key` int)',
    'create table "t" ([n] text, "key" INT, id integer not null primary key autoincrement, constraint named unique (n))',
    '/* nothing */',
  ],
] as const)('spelling makes no difference on %s', (engine, one, other, addition) => {
  const [expected, found] = [describeTable([one], engine), describeTable([other, addition], engine)];
  expect(new Set(found?.columns)).toEqual(new Set(expected?.columns));
  const keys = (described: typeof found): unknown => described?.keys.map(({ kind, columns }) => [kind, columns]).sort();
  expect(keys(found)).toEqual(keys(expected));
});

test('what changes how rows are stored makes a difference', () => {
  const describe = (...statements: string[]) => describeTable(statements, 'sqlite3');
  const plain = 'CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT)';
  expect(describe(plain)).toEqual(describe('CREATE TABLE t ("id" integer primary key, [n] text)'));
  for (const changed of [
    [plain.replace('KEY', 'KEY AUTOINCREMENT')],
    [plain.replace('TEXT', 'BLOB')],
    [plain.replace('TEXT', 'TEXT NOT NULL')],
    [plain.replace('TEXT', "TEXT DEFAULT ''")],
    [plain.replace('TEXT', 'TEXT COLLATE NOCASE')],
    [plain.replace('TEXT', "TEXT DEFAULT 'CHECK' CHECK (n <> 'x')")],
    [plain.replace('TEXT', 'TEXT REFERENCES u (n)')],
    [plain.replace('TEXT', 'TEXT, CHECK (n IS NOT NULL)')],
    [plain.replace('TEXT', 'TEXT, CONSTRAINT c FOREIGN KEY (n) REFERENCES u (n)')],
    [`${plain} STRICT`],
    [plain, 'CREATE UNIQUE INDEX u ON t (n)'],
    [plain, 'CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM t; END'],
  ]) {
    expect(describe(...changed)).not.toEqual(describe(plain));
  }
  const unique = 'CREATE UNIQUE INDEX u ON t (n)';
  expect(describe(plain, `${unique} WHERE n > 5`)).not.toEqual(describe(plain, unique));
  const key = plain.replace('TEXT', 'TEXT, UNIQUE (n)');
  expect(describe(key.replace('(n)', '(n) ON CONFLICT IGNORE'))).not.toEqual(describe(key));
  expect(describe('CREATE INDEX i ON t (n)')).toBeUndefined();
});
