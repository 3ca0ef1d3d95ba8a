/** The tables of Gogs in generated dumps, and the types of their columns on each engine. */
import type { Dialect } from '../../src/formats/sql/syntax/Dialect.js';

export type Kind = 'integer' | 'boolean' | 'text' | 'time';

export interface ColumnUnderTest {
  readonly name: string;
  readonly kind: Kind;
  readonly types: Readonly<Record<Dialect, string>>;
}

const column = (name: string, kind: Kind, mysql: string, postgres: string, sqlite3: string): ColumnUnderTest => ({
  name,
  kind,
  types: { mysql, postgres, sqlite3 },
});
const whole = (name: string): ColumnUnderTest => column(name, 'integer', 'bigint(20)', 'bigint', 'INTEGER');

/** Every type that occurs in dumps of Gogs, and those that conversions between engines produce. */
export const TABLES: Readonly<Record<string, readonly ColumnUnderTest[]>> = {
  star: [whole('id'), whole('uid'), whole('repo_id')],
  notice: [
    whole('id'),
    column('type', 'integer', 'int(11)', 'integer', 'INTEGER'),
    column('description', 'text', 'text', 'text', 'TEXT'),
    whole('created_unix'),
  ],
  release: [
    whole('id'),
    column('repo_id', 'integer', 'int(11)', 'integer', 'INT'),
    column('publisher_id', 'integer', 'bigint(20) unsigned', 'bigint', 'BIGINT'),
    column('tag_name', 'text', 'varchar(255)', 'character varying(255)', 'TEXT'),
    column('lower_tag_name', 'text', 'varchar(4)', 'character varying(4)', 'VARCHAR(4)'),
    column('target', 'text', 'char(6)', 'character(6)', 'CHAR(6)'),
    column('title', 'text', 'mediumtext CHARACTER SET utf8mb3', 'character varying', 'NVARCHAR(255)'),
    column('sha1', 'text', 'tinytext CHARACTER SET latin1', 'varchar(40)', 'CLOB'),
    column('num_commits', 'integer', 'smallint(6)', 'smallint', 'SMALLINT'),
    column('note', 'text', 'text', 'text', 'TEXT'),
    column('is_draft', 'boolean', 'tinyint(1)', 'boolean', 'NUMERIC'),
    column('is_prerelease', 'boolean', 'tinyint(1)', 'boolean', 'BOOL'),
    whole('created_unix'),
  ],
  lfs_object: [
    whole('repo_id'),
    column('oid', 'text', 'varchar(191)', 'text', 'TEXT'),
    whole('size'),
    column('storage', 'text', 'longtext', 'text', 'TEXT'),
    column('created_at', 'time', 'datetime(3)', 'timestamp with time zone', 'datetime'),
  ],
};

/** The kind of values that a column is read as; a column added by a statement holds text. */
export function kindOf(table: string, name: string, dialect: Dialect): Kind {
  const kind = TABLES[table]?.find((each) => each.name === name)?.kind ?? 'text';
  return kind === 'boolean' && dialect !== 'postgres' ? 'integer' : kind;
}
