/** Text that an engine's own client interprets before the engine: delimiters, commands, COPY data. */
import { afterAll, expect, test } from '@jest/globals';
import type { Dialect } from '../../src/formats/sql/syntax/Dialect.js';
import { describeEngines } from '../support/engines.js';
import { temporaryFolder } from '../support/fixtures.js';
import { readDumpFile, type TableRow } from './readDump.js';

const folder = temporaryFolder();

const NOTICE =
  'CREATE TABLE star (id int, uid int, repo_id int);\nCREATE TABLE notice (id int, type int, description text, created_unix int);\n';

/** `DATABASE` stands for the database that the client is connected to. */
const SCRIPTS: Readonly<Record<Dialect, string>> = {
  mysql: `-- MySQL dump 10.13
USE DATABASE
${NOTICE}INSERT INTO notice VALUES (1,1,'a;b\\';--',5);
DELIMITER ;;
CREATE PROCEDURE p() BEGIN INSERT INTO notice VALUES (90,1,'x',1); SELECT 'a;b'; END ;;
CREATE TRIGGER t BEFORE INSERT ON star FOR EACH ROW BEGIN SET NEW.uid = 5; SET NEW.id = 7; END;;
INSERT INTO /* a */ notice /**/ (id, type, description, created_unix)/* ; */VALUES /* b
*/ (2,1,'a;b',5);;
DELIMITER ;
INSERT INTO notice VALUES (3,1,'# -- /* ',5) # ;
;
INSERT INTO notice VALUES (4,1 /* ; */,"it's ""so"" \\"",5); INSERT INTO notice VALUES (5,1,'',NULL);
delimiter //
SET @x = 5//
SELECT ';' //
delimiter ;
INSERT INTO notice VALUES (6,1,'//',5);
DELIMITER ;;
INSERT INTO notice VALUES (7,1,'c',5);
;;
DELIMITER //
INSERT INTO notice VALUES (8,1,'//',5)//INSERT INTO notice VALUES (9,1,'/',5), (10,1,'',5) //
INSERT INTO notice VALUES (11,1,'',5); //
DELIMITER $$
INSERT INTO notice VALUES (12,1,'$$',5)
$$
DELIMITER ;
-- Dump completed
`,
  postgres: `-- PostgreSQL database dump
\\connect DATABASE
\\set ON_ERROR_STOP on
\\echo INSERT INTO notice VALUES (90,1,'x',1);
${NOTICE}COPY public.notice (id, type, description, created_unix) FROM stdin;
1\t1\ta;b\\\\.\\t--\t5
2\t\\N\t\\\\.\t\\N
\\.
INSERT INTO notice VALUES (3,1,$$a;'b$$,5), (4,1,E'it\\'s;',5);
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $f$BEGIN
INSERT INTO notice VALUES (91,1,'x',1); -- $$;
END$f$;
CREATE FUNCTION g() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 ELSE 2 END; SELECT 3; END;
/* /* ; */ ; */ INSERT INTO notice VALUES (5,1,'--',NULL); -- ; '
\\pset pager off
SELECT 1;
INSERT INTO "public"."notice" VALUES (6,1,U&'\\0041',5);
-- PostgreSQL database dump complete
`,
  sqlite3: `PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
.headers on
.print INSERT INTO notice VALUES (90,1,'x',1);
${NOTICE}INSERT INTO notice VALUES (1,1,'a;
.print b',5);
CREATE TRIGGER t AFTER INSERT ON star BEGIN INSERT INTO notice VALUES (91,1,'x',1); SELECT CASE WHEN 1 THEN 2 END; END;
INSERT INTO notice VALUES (2,1,'--',5); -- ;
INSERT INTO notice VALUES (3,1,'/*',5) /* ; */ ; INSERT INTO [notice] VALUES (4,1,'it''s',NULL);
COMMIT;
`,
};

const QUERY = `SELECT concat_ws('|', id, coalesce(CAST(type AS char(9)), 'NULL'), replace(description, chr(10), ' '), coalesce(CAST(created_unix AS char(9)), 'NULL')) FROM notice ORDER BY id`;

const QUERIES: Readonly<Record<Dialect, string>> = {
  mysql: QUERY.replace('chr', 'char'),
  postgres: QUERY.replaceAll('char(9)', 'text'),
  sqlite3: `SELECT id || '|' || coalesce(type, 'NULL') || '|' || replace(description, char(10), ' ') || '|' || coalesce(created_unix, 'NULL') FROM notice ORDER BY id`,
};

const lineOf = ({ id, type, description, created_unix }: TableRow): string =>
  [
    id,
    type ?? 'NULL',
    Buffer.from(description ?? '', 'latin1')
      .toString()
      .replaceAll('\n', ' '),
    created_unix ?? 'NULL',
  ].join('|');

describeEngines('clients', folder, (engine) => {
  afterAll(() => engine.remove());

  test("a client's script is read as the client sends it", async () => {
    const script = SCRIPTS[engine.dialect].replaceAll('DATABASE', engine.database);
    engine.load(script);
    const { tables, refusal } = await readDumpFile(engine.dialect, script, folder);
    expect(refusal).toBeUndefined();
    const stored = engine.ask(QUERIES[engine.dialect]).split('\n');
    expect(stored.length).toBeGreaterThan(3);
    expect((tables.get('notice') ?? []).map(lineOf)).toEqual(stored);
  });
});
