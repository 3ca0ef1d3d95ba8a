import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Engine } from '../../../src/engines/Engine.js';
import { quoteName } from '../../../src/engines/engineNamed.js';
import { GOGS, TARGET_NAMES } from '../../../src/gogs/gogsHistory.js';
import { existsIn } from '../../../src/gogs/tables.js';
import { describeEngines, type EngineUnderTest } from '../../support/engines.js';
import { fixture, temporaryFolder } from '../../support/fixtures.js';

/** The schema that Gogs itself created on an empty database, in the output of the engine's own dump tool. */
const created = (release: string, engine: Engine): string =>
  readFileSync(fixture('schema', `${release}-${engine}.sql`), 'utf8');
const RELEASES = [
  ['0.13', '0.13.0'],
  ['0.14', '0.14.3'],
] as const;

/** Everything the engine knows about tables, columns, keys and sequences, regardless of the order of creation. */
function catalogue(engine: EngineUnderTest): string[] {
  const queries: Record<Engine, readonly string[]> = {
    mysql: [
      'SELECT table_name, engine, table_collation, row_format, create_options FROM information_schema.tables WHERE table_schema = DATABASE()',
      'SELECT table_name, ordinal_position, column_name, column_default, is_nullable, column_type, collation_name, column_key, extra FROM information_schema.columns WHERE table_schema = DATABASE()',
      'SELECT table_name, index_name, non_unique, seq_in_index, column_name, sub_part, nullable, index_type FROM information_schema.statistics WHERE table_schema = DATABASE()',
    ],
    postgres: [
      "SELECT table_name, ordinal_position, column_name, column_default, is_nullable, data_type, character_maximum_length FROM information_schema.columns WHERE table_schema = 'public'",
      "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
      "SELECT conrelid::regclass, conname, contype, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
      "SELECT s.*, d.refobjid::regclass, d.refobjsubid, d.deptype FROM pg_sequences s JOIN pg_depend d ON d.objid = format('%I', s.sequencename)::regclass AND d.refobjsubid > 0",
    ],
    sqlite3: ['SELECT type, name, tbl_name, sql FROM sqlite_master'],
  };
  return engine.askAll(queries[engine.dialect]).flatMap((answer) => answer.split('\n').sort());
}

const folder = temporaryFolder();

describeEngines('schema', folder, (engine) => {
  afterAll(() => engine.remove());

  test.each(RELEASES)('the statements make the very catalogue that Gogs %s makes', (target, release) => {
    engine.create();
    engine.load(created(release, engine.dialect).replaceAll(/^CREATE TABLE sqlite_sequence.*$/gm, ''));
    const wanted = catalogue(engine);
    engine.create();
    const { tables } = GOGS.targetNamed(target).schemaFor(engine.dialect);
    engine.load(tables.map((table) => table.createTable).join(''));
    engine.load(tables.map((table) => table.createKeys).join(''));
    expect(catalogue(engine)).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(80);
    // The tables can also be dropped.
    engine.load(tables.map((table) => table.dropTable).join(''));
    expect(catalogue(engine).filter((line) => line !== '' && !line.includes('sqlite_sequence'))).toEqual([]);
  });
});

describe('column limits', () => {
  const column = (target: string, engine: Engine, table: string, name: string): unknown =>
    GOGS.targetNamed(target)
      .schemaFor(engine)
      .tables.find((candidate) => candidate.name === table)
      ?.columns.find((candidate) => candidate.name === name);

  test.each<[string, Engine, string, string, unknown]>([
    ['0.13', 'mysql', 'access_token', 'sha256', { type: 'varchar(64)', nullable: false, maxCharacters: 64 }],
    ['0.13', 'mysql', 'comment', 'content', { type: 'text', nullable: true, maxBytes: 65_535 }],
    ['0.13', 'mysql', 'action', 'content', { type: 'longtext', nullable: true }],
    ['0.13', 'mysql', 'action', 'is_private', { type: 'tinyint(1)', nullable: false, default: '0' }],
    ['0.13', 'mysql', 'user', 'id', { type: 'bigint(20)', nullable: false }],
    [
      '0.13',
      'postgres',
      'email_address',
      'email',
      { type: 'character varying(255)', nullable: false, maxCharacters: 255 },
    ],
    [
      '0.14',
      'postgres',
      'email_address',
      'email',
      { type: 'character varying(254)', nullable: false, maxCharacters: 254 },
    ],
    ['0.14', 'postgres', 'email_address', 'is_activated', { type: 'boolean', nullable: false, default: 'false' }],
    ['0.13', 'postgres', 'user', 'id', { type: 'bigserial', nullable: false }],
    ['0.13', 'sqlite3', 'access_token', 'sha1', { type: 'VARCHAR(40)', nullable: true }],
    ['0.13', 'sqlite3', 'user', 'max_repo_creation', { type: 'INTEGER', nullable: false, default: '-1' }],
    ['0.13', 'sqlite3', 'action', 'is_private', { type: 'numeric', nullable: false, default: 'false' }],
  ])('%s on %s: %s.%s', (target, engine, table, name, wanted) => {
    expect(column(target, engine, table, name)).toEqual({ name, ...(wanted as object) });
  });
});

test('unique keys and automatic ids are known', () => {
  const table = (target: string, engine: Engine, name: string) =>
    GOGS.targetNamed(target)
      .schemaFor(engine)
      .tables.find((candidate) => candidate.name === name);
  for (const engine of ['mysql', 'postgres', 'sqlite3'] as const) {
    for (const target of TARGET_NAMES) {
      expect(table(target, engine, 'star')).toMatchObject({
        primaryKey: ['id'],
        uniqueKeys: [['uid', 'repo_id']],
        autoIncrement: 'id',
      });
      expect(table(target, engine, 'access_token')?.uniqueKeys.flat().sort()).toEqual(['sha1', 'sha256']);
      expect(table(target, engine, 'lfs_object')?.primaryKey).toEqual(['repo_id', 'oid']);
      expect(table(target, engine, 'lfs_object')?.autoIncrement).toBeUndefined();
    }
    expect(table('0.13', engine, 'email_address')?.uniqueKeys).toEqual([['email']]);
    expect(table('0.14', engine, 'email_address')?.uniqueKeys).toEqual([['uid', 'email']]);
  }
  // Without AUTOINCREMENT, nothing is stored in sqlite_sequence.
  expect(table('0.13', 'sqlite3', 'version')?.autoIncrement).toBeUndefined();
  expect(table('0.14', 'sqlite3', 'version')?.autoIncrement).toBe('id');
});

test('the schemas have exactly the tables and columns of the targets', () => {
  for (const engine of ['mysql', 'postgres', 'sqlite3'] as const) {
    for (const target of TARGET_NAMES) {
      const { firstRelease, tables, schemaFor } = GOGS.targetNamed(target);
      const schema = schemaFor(engine);
      expect(schema.tables.map(({ name }) => name).sort()).toEqual(tables.map(({ name }) => name).sort());
      for (const { name, columns } of schema.tables) {
        const wanted = tables
          .find((table) => table.name === name)
          ?.columns.filter((each) => !each.derived && existsIn(each, firstRelease))
          .map((each) => each.name);
        expect([name, columns.map((each) => each.name).sort()]).toEqual([name, wanted?.sort()]);
      }
    }
  }
});

test('names are quoted as in each engine', () => {
  expect(quoteName('user', 'postgres')).toBe('"user"');
  expect(quoteName('in`dex', 'mysql')).toBe('`in``dex`');
});
