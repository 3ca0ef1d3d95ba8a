/**
 * The patterns by which `StatementReader` recognizes statements. They are for statements without comments and with single spaces:
 * see plainStatement.ts.
 */

import type { SqlNames } from '../syntax/SqlNames.js';

/** Storage engines that store no rows themselves. */
export const KEEPS_NOTHING =
  /\bENGINE ?=? ?(?:BLACKHOLE|MERGE|MRG_MYISAM|FEDERATEDX?|CONNECT|SPIDER|SEQUENCE|PERFORMANCE_SCHEMA|NDB|NDBCLUSTER|S3|OQGRAPH|SPHINX)\b/i;
export const BELONGS = /\bINHERITS ?\(|\bPARTITION OF\b/i;
/** Outside of a transaction, PostgreSQL then drops the table at once. */
export const DROPPED_AT_ONCE = /\bON COMMIT DROP\b/i;

/** Objects without rows. */
const OBJECTS =
  '(?:ACCESS METHOD|AGGREGATE|CAST|COLLATION|CONVERSION|(?:DEFAULT )?CONVERSION|DEFAULT PRIVILEGES|DOMAIN|EVENT(?: TRIGGER)?|' +
  'EXTENSION|FOREIGN DATA WRAPPER|FUNCTION|GROUP|INDEX|INSTANCE|LANGUAGE|LARGE OBJECT|LOGFILE GROUP|OPERATOR(?: CLASS| FAMILY)?|' +
  'PACKAGE(?: BODY)?|POLICY|PROCEDURE|(?:PROCEDURAL |TRUSTED |TRUSTED PROCEDURAL )?LANGUAGE|PUBLICATION|RESOURCE GROUP|ROLE|ROUTINE|SERVER|SPATIAL REFERENCE SYSTEM|' +
  'STATISTICS|SUBSCRIPTION|SYSTEM|TABLESPACE|TEXT SEARCH \\w+|TRANSFORM|TYPE|UNDO TABLESPACE|USER(?: MAPPING)?)';
const DEFINER =
  '(?:OR REPLACE |AGGREGATE |UNIQUE |FULLTEXT |SPATIAL |CONCURRENTLY |TRUSTED |(?:DEFINER ?= ?\\S+ ?(?:@ ?\\S+ )?)|SQL SECURITY \\w+ |ALGORITHM ?= ?\\w+ )*';
export const CREATE_OBJECT = new RegExp(`^CREATE ${DEFINER}${OBJECTS}\\b`, 'i');
export const ALTER_OBJECT = new RegExp(
  `^ALTER (?:${OBJECTS}|DATABASE|MATERIALIZED VIEW|VIEW|SCHEMA|TRIGGER|RULE|ALGORITHM|DEFINER|SQL SECURITY)\\b`,
  'i',
);
export const DROP_OBJECT = new RegExp(
  `^DROP (?:${OBJECTS}|MATERIALIZED VIEW|VIEW|TRIGGER|RULE|SEQUENCE|PREPARE|TEMPORARY SEQUENCE)\\b`,
  'i',
);
export const CREATE_INDEX = /^CREATE (?:\w+ )*?INDEX\b/i;
/** What keeps the values of a domain's columns, and its default. */
export const HARMLESS_DOMAIN =
  /^ALTER DOMAIN .* (?:OWNER TO|ADD|DROP CONSTRAINT|VALIDATE CONSTRAINT|RENAME CONSTRAINT)\b/is;
/** In the definition of a column. MySQL's SERIAL is unique, and KEY a short form of PRIMARY KEY. */
export const DEFINES_KEY = /\b(?:UNIQUE|KEY|SERIAL)\b/i;
/** First words of statements that neither contain rows nor change tables. MySQL's client takes a line with HELP for itself. */
export const HARMLESS_WORDS =
  /^(?:CHANGE (?:MASTER|REPLICATION)|CHECK TABLES?|CHECKPOINT|CHECKSUM|CLOSE|CLUSTER|COMMENT|DEALLOCATE|(?:DESC|DESCRIBE|EXPLAIN) (?!.*\bANALY[SZ]E\b)|FLUSH|GRANT|KILL|LISTEN|LOCK|NOTIFY|OPTIMIZE|PURGE|REASSIGN|REFRESH|REINDEX|REPAIR|REVOKE|SECURITY LABEL|SHOW|START (?:SLAVE|REPLICA|GROUP_REPLICATION)|STOP (?:SLAVE|REPLICA|GROUP_REPLICATION)|UNLISTEN|UNLOCK|VACUUM)\b/is;
export const BEGIN =
  /^(?:BEGIN|START TRANSACTION)(?:,? (?:WORK|TRANSACTION|DEFERRED|IMMEDIATE|EXCLUSIVE|CONCURRENT|READ (?:ONLY|WRITE|COMMITTED|UNCOMMITTED)|ISOLATION LEVEL|REPEATABLE READ|SERIALIZABLE|NOT DEFERRABLE|DEFERRABLE|WITH CONSISTENT SNAPSHOT))*$/i;
/** AND CHAIN begins another transaction; no dump program writes it. */
export const COMMIT = /^(?:COMMIT|END)(?: (?:WORK|TRANSACTION))?(?: AND NO CHAIN)?(?: (?:NO )?RELEASE)?$/i;
export const ROLLBACK = /^(?:ROLLBACK|ABORT)\b(?!.*\bAND CHAIN\b)/i;

/** Functions that a SELECT may call: they only read, or change nothing in the rows of tables. */
export const HARMLESS_CALLS =
  /^(?:pg_catalog\.)?(?:setval|pg_get_serial_sequence|set_config|current_setting|lo_(?:create|creat|open|close|unlink|lseek)|lowrite|loread|pg_restore_\w+_stats|pg_extension_config_dump|version|now|count|max|min|concat|char|ifnull|coalesce|if|database|user|current_role)$/i;
/** mariadb-dump --system=users ends with it. */
export const RESTORES_ROLE = /^EXECUTE IMMEDIATE CONCAT ?\('SET ROLE ', ?@current_role\)$/i;
export const CALL = /(?<![\w$."`])([\w$."`]+) ?\(/g;
/** Words of a function that may change rows. */
export const ACTIVE = /\b(?:INSERT|UPDATE|DELETE|TRUNCATE|MERGE|COPY|ALTER|DROP|EXECUTE|CALL|REPLACE INTO)\b/i;
export const SETVAL =
  /^(?:SELECT|DO) (?:pg_catalog\.)?setval ?\( ?(?:'((?:[^']|'')+)'(?:::(?:pg_catalog\.)?regclass)?|([\w`."]+)) ?, ?(\d+) ?(?:, ?(true|false|[01]) ?)?(?:, ?\d+ ?)?\)$/i;
/** Groups: the sequence, or the table; the value and whether it was used, if they are constants. */
export const COMPUTED_SETVAL =
  /^SELECT (?:pg_catalog\.)?setval ?\( ?(?:'((?:[^']|'')+)'(?:::(?:pg_catalog\.)?regclass)?|(?:pg_catalog\.)?pg_get_serial_sequence ?\( ?'((?:[^']|'')+)' ?, ?'[^']*' ?\)) ?,(?!.*\bsetval\b)(?: ?(\d+) ?(?:, ?(true|false) ?)?\)$)?/is;

/** Clauses of ALTER TABLE that do not change rows or columns. */
export const HARMLESS_CLAUSES: readonly RegExp[] = [
  /^ADD (?:CONSTRAINT|PRIMARY KEY|UNIQUE|KEY|INDEX|FULLTEXT|SPATIAL|FOREIGN KEY|CHECK|EXCLUDE)\b/i,
  /^(?:DROP (?:CONSTRAINT|PRIMARY KEY|KEY|INDEX|FOREIGN KEY|CHECK)|RENAME (?:INDEX|KEY|CONSTRAINT)|VALIDATE CONSTRAINT|ALTER (?:INDEX|CONSTRAINT|CHECK))\b/i,
  /^(?:OWNER TO|(?:DISABLE|ENABLE)(?: ALWAYS| REPLICA)? (?:KEYS|TRIGGER|RULE|ROW LEVEL SECURITY)|REPLICA IDENTITY|CLUSTER ON|FORCE ROW|NO FORCE ROW|SET (?:WITHOUT|WITH|LOGGED|UNLOGGED|TABLESPACE|ACCESS METHOD|\()|RESET ?\()/i,
  /^ALTER (?:COLUMN )?(?:\S+|"[^"]*") (?:SET (?:DEFAULT|NOT NULL|STATISTICS|STORAGE|COMPRESSION|GENERATED|\()|DROP (?:DEFAULT|NOT NULL|IDENTITY|EXPRESSION)|RESET ?\(|ADD GENERATED)/i,
  /^(?:AUTO_INCREMENT|ENGINE|COMMENT|ROW_FORMAT|STATS_\w+|KEY_BLOCK_SIZE|CHECKSUM|AVG_ROW_LENGTH|MAX_ROWS|MIN_ROWS|PACK_KEYS|DELAY_KEY_WRITE|COLLATE|TABLESPACE|ENCRYPTION|COMPRESSION|INSERT_METHOD|TRANSACTIONAL|PAGE_CHECKSUM|(?:DEFAULT )?(?:COLLATE|CHARSET|CHARACTER SET))\b/i,
  /^CONVERT TO (?:CHARACTER SET|CHARSET) utf8mb4(?: COLLATE \w+)?$/i,
  /^(?:LOCK|ALGORITHM) ?=/i,
];

/**
 * psql commands that only affect the terminal: https://www.postgresql.org/docs/15/app-psql.html. Unsetting AUTOCOMMIT turns it
 * off; a name in quotes or in a variable may be any.
 */
export const HARMLESS_PSQL =
  /^\\(?:(?:un)?set(?:\s*$|\s+(?!(?:AUTOCOMMIT|SINGLELINE|ON_ERROR_ROLLBACK)\b)\w+)|restrict|unrestrict|echo|qecho|warn|timing|pset|x|a|t|H|f|C|T|p|r|reset|o|errverbose|conninfo|d\S*|l|h|\?|s|cd)(?:\s|$)/;
export const PSQL_QUOTED = /'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"/g;
/** sqlite3 commands that change neither the database nor how statements are read: https://www.sqlite.org/cli.html */
export const HARMLESS_SQLITE =
  /^\.(?:dbconfig(?=\s*$|\s+(?:defensive|trusted_schema)\b)|bail|echo|headers?|mode|timer|print|changes|nullvalue|width|output|show|stats|eqp|timeout|once|explain|prompt|tables|schema|indexes|databases|version|log|trace|scanstats|binary|crlf|crnl)\b/i;

/** SQLite drops its temporary tables when it puts them elsewhere. */
export const DROPS_TEMPORARY = /^PRAGMA (?:[^=(]*\.)? ?["'`[]?temp_store(?:_directory)?["'`\]]? ?[=(]/is;
/** In another encoding, SQLite converts blobs to other texts. */
export const OTHER_ENCODING = /^PRAGMA (?:[^=(]*\.)? ?["'`[]?encoding["'`\]]? ?[=(](?! ?["'`[]?utf-?8\b)/is;

/** Patterns with names, which engines quote and fold differently. */
export function patternsOf({ name, qualified: anyQualified, columns, gap }: SqlNames) {
  const pattern = (source: string): RegExp => new RegExp(source, 'is');
  // Words before a name must not be taken for it where it is none: `ALTER TABLE IF EXISTS :name`.
  const qualified = `(?!(?:IF|ONLY)\\b)${anyQualified}`;
  const list = `${qualified}(?: ?, ?${qualified})*`;
  const exists = '(?:IF (?:NOT )?EXISTS )?';
  const keyColumn = `${name}(?: (?:ASC|DESC))?(?: NULLS (?:FIRST|LAST))?`;
  return {
    // The client takes an unquoted name up to the next space: `USE gogs-old`.
    use: pattern(`^USE (?:DATABASE )?(${name}|[^\\s;"\`']+)$`),
    attach: pattern(`^ATTACH (?:DATABASE )?.*? AS (${name})$`),
    detach: pattern(`^DETACH (?:DATABASE )?(${name})$`),
    createTable: pattern(
      `^CREATE (OR REPLACE )?((?:GLOBAL |LOCAL )?(?:TEMPORARY |TEMP |UNLOGGED |FOREIGN |VIRTUAL )?)TABLE (IF NOT EXISTS )?(${qualified})`,
    ),
    createIndex: pattern(
      `^CREATE (?:\\w+ )*?INDEX (?:CONCURRENTLY )?${exists}(?:(?!ON\\b)${qualified} )?(?:(?:USING|TYPE) \\w+ )?ON (?:ONLY )?(${qualified})`,
    ),
    createView: pattern(
      `^CREATE ((?:OR REPLACE |TEMP |TEMPORARY |RECURSIVE |MATERIALIZED |ALGORITHM ?= ?\\w+ |DEFINER ?= ?\\S+ ?(?:@ ?\\S+ )?|SQL SECURITY \\w+ )*)VIEW ${exists}(${qualified})`,
    ),
    createTrigger: pattern(`^CREATE (?:(?!TRIGGER )\\S+ )*TRIGGER ${exists}${qualified} ${gap} ON (${qualified})`),
    createSchema: pattern(`^CREATE SCHEMA (?:IF NOT EXISTS )?(?:AUTHORIZATION )?(${name})`),
    createDomain: pattern(`^CREATE DOMAIN (${qualified}) (?:AS )?(.+)$`),
    createFunction: pattern(
      `^CREATE (?:OR REPLACE |AGGREGATE |DEFINER ?= ?\\S+ ?(?:@ ?\\S+ )?)*(?:FUNCTION|PROCEDURE) ${exists}(${qualified}) ?\\(`,
    ),
    createUnique: /^CREATE (?:\w+ )*?UNIQUE (?:\w+ )*?INDEX\b/i,
    uniqueIndex: pattern(
      `^CREATE ${gap} ON (?:ONLY )?${qualified} ?(?:USING \\w+ ?)?\\( ?(${keyColumn}(?: ?, ?${keyColumn})*) ?\\)`,
    ),
    alterIndex: pattern(`^ALTER INDEX ${exists}(${qualified}) RENAME TO\\b`),
    charset: pattern(
      `^(?:CREATE|ALTER) (?:OR REPLACE )?(?:DATABASE|SCHEMA) ${exists}(?:(?!DEFAULT |CHARACTER |CHARSET|COLLATE)(${name}) )?.*?(?:(?:CHARACTER SET|CHARSET) ?=? ?['"]?(\\w+)|COLLATE ?=? ?['"]?([a-z0-9]+)_)`,
    ),
    createRule: pattern(`^CREATE (?:OR REPLACE )?RULE ${name} AS ON \\w+ TO (${qualified})`),
    // It makes a view of a table.
    onSelect: pattern(`^CREATE (?:OR REPLACE )?RULE ${name} AS ON SELECT\\b`),
    alterTable: pattern(`^ALTER (?:FOREIGN )?TABLE ${exists}(?:ONLY )?(${qualified})(?: ?\\*)? `),
    alterDefault: pattern(
      `^ALTER (?:COLUMN )?(${name}) (?:SET DEFAULT|DROP DEFAULT|ADD GENERATED|DROP IDENTITY|SET GENERATED)\\b`,
    ),
    addsKey: pattern(`^ADD (?:CONSTRAINT (?:${name} )?)?(?:PRIMARY KEY|UNIQUE|EXCLUDE)\\b`),
    addsCondition: pattern(`^ADD (?:CONSTRAINT (?:${name} )?)?(?:FOREIGN KEY|CHECK)\\b`),
    addKey: pattern(`^ADD (?:CONSTRAINT (?:${name} )?)?(?:PRIMARY KEY|UNIQUE(?: KEY| INDEX)?)[^(]*${columns}`),
    renames: pattern(`^(?:RENAME(?: TO | AS | ?= ?| )${qualified}$|SET SCHEMA |(?:EXCHANGE|CONVERT) PARTITION )`),
    modify: pattern(`^MODIFY (?:COLUMN )?(${name}) ([\\s\\S]+)$`),
    savepoint: pattern(`^(?:RELEASE )?(?:SAVEPOINT )?(${name})$`),
    comment: pattern(`^COMMENT ON (?:TABLE|COLUMN) (${qualified}) IS\\b`),
    analyze: pattern(`^ANALYZE (?:TABLE )?(${qualified})`),
    dropTables: pattern(`^DROP (?:TEMPORARY )?TABLES? ${exists}(${list})(?: CASCADE| RESTRICT)?$`),
    dropViews: pattern(`^DROP (?:MATERIALIZED )?VIEW ${exists}(${list})( CASCADE)?(?: RESTRICT)?$`),
    dropDatabase: pattern(`^DROP DATABASE ${exists}(${name})`),
    dropSchemas: pattern(`^DROP SCHEMA ${exists}(${list})`),
    sequence: pattern(
      `^(?:CREATE|ALTER|DROP) (?:OR REPLACE )?(?:TEMPORARY |TEMP |UNLOGGED )?SEQUENCE ${exists}(${qualified})`,
    ),
    sequenceOwner: pattern(`^ALTER SEQUENCE ${exists}(${qualified}) OWNED BY (${qualified})`),
    into: pattern(
      `^(?:INSERT|REPLACE)(?: (?:LOW_PRIORITY|HIGH_PRIORITY|DELAYED|IGNORE|OR \\w+))* (?:INTO )?(?!INTO\\b)(${qualified})`,
    ),
    load: pattern(`^LOAD (?:DATA|XML) .*? INTO TABLE (${qualified})`),
    copy: pattern(`^COPY (?:ONLY )?(${qualified}) ?(?:\\(.*?\\) ?)?FROM\\b`),
    copyTo: pattern(`^COPY ${qualified} ?(?:\\(.*?\\) ?)?TO\\b`),
    copyQuery: pattern(`^COPY ?\\((.*)\\) ?TO\\b`),
    update: pattern(`^UPDATE (?:(?:LOW_PRIORITY|IGNORE|ONLY|OR \\w+) )*(${qualified}) (?:AS ${name} )?SET\\b`),
    delete: pattern(
      `^DELETE (?:(?:LOW_PRIORITY|QUICK|IGNORE) )*FROM (?:ONLY )?(${qualified})(?: (?:AS ${name}|WHERE|ORDER|LIMIT|RETURNING)\\b.*)?$`,
    ),
    truncate: pattern(`^TRUNCATE (?:TABLE )?(?:ONLY )?(${list})(?: (?:RESTART|CONTINUE) IDENTITY)?(?: RESTRICT)?$`),
  };
}
