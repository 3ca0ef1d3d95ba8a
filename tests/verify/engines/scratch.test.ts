import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { UsageError } from '../../../src/core/errors.js';
import { CellKind, Row } from '../../../src/core/rows.js';
import { TemporaryFolder } from '../../../src/files/TemporaryFolder.js';
import { GOGS } from '../../../src/gogs/gogsHistory.js';
import { upgrade } from '../../../src/upgrade/upgrade.js';
import { ScratchTable } from '../../../src/verify/archive/ScratchTable.js';
import { columnsInRelease, RowDigester } from '../../../src/verify/digests/RowDigester.js';
import { openScratchEngine } from '../../../src/verify/engines/openScratchEngine.js';
import { verify } from '../../../src/verify/verify.js';
import { fixture, temporaryFolder } from '../../support/fixtures.js';

const folder = temporaryFolder();

const SERVERS = [
  ['mysql', process.env['TEST_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306'],
  ['postgres', process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432'],
] as const;

const isReachable = ({ hostname, port }: URL): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('close', () => socket.destroy()).setTimeout(2000, () => socket.destroy());
    socket.unref();
    socket.on('connect', () => socket.destroy());
  });

test.each([
  ['mysql://root:p%zz@127.0.0.1', /its password contains a %/],
  ['postgres://%E0%A4%A@127.0.0.1', /its user name contains a %/],
  ['mysql://user:secret@host:99999', /its port is 99999/],
  ['postgres://user:secret@ho st/', /not a URL of a server/],
  ['mysql:user:secret', /not a URL of a server/],
  ['oracle://user:secret@host', /must begin with/],
  ['sqlite:', /Name one that does not exist/],
  ['sqlite:/nonexistent/x', /at \/nonexistent\/x: its folder does not exist\. Name a new file/],
  ['mysql://root:secret@127.0.0.1:1', /Check that the server is running/],
])('%s is an error of the caller, reported without its password', async (url, message) => {
  const failure = await openScratchEngine(url, new TemporaryFolder(folder)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UsageError);
  expect(String(failure)).toMatch(message);
  expect(String(failure)).not.toMatch(/secret|p%zz/);
});

const all = [...SERVERS, ['sqlite', `sqlite:${join(folder, 'scratch.db')}`] as const];

describe.each(all)('on %s', (name, url) => {
  let reachable = true;
  beforeAll(async () => {
    reachable = name === 'sqlite' || (await isReachable(new URL(url)));
    // On a build server, a skipped test would look like a passed one.
    if (!reachable && process.env['CI'] === 'true') throw new Error(`no ${name} at ${url}`);
    if (!reachable) console.warn(`skipped: no ${name} at ${url}`);
  });

  test('the SQL to load after a restore is loaded, and leaves every row and time as it was', async () => {
    if (!reachable) return;
    const input = fixture('0.12.3-mysql-hard', 'backup.zip');
    const output = join(folder, `exact-${name}.zip`);
    await upgrade(input, output, { engine: name === 'sqlite' ? 'sqlite3' : name, exact: true });
    const { findings } = await verify(output, { against: input, database: url });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(findings.map(({ code }) => code)).not.toContain('sql-not-tried');
    const script = join(folder, `exact-${name}.after-restore.sql`);
    const changed = readFileSync(script, 'utf8').replace(/(\(|\n)(\d+)([,\t])\d{10}(\)|\n)/, '$1$2$317$4');
    writeFileSync(script, changed);
    expect((await verify(output, { database: url })).findings.map(({ code }) => code)).toContain('sql-table-differs');
  });

  test('an upgraded backup verifies, and nothing is left behind', async () => {
    if (!reachable) return;
    const [input, output] = [fixture('0.12.3-mysql', 'backup.zip'), join(folder, `${name}.zip`)];
    await upgrade(input, output);
    const report = await verify(output, { against: input, database: url });
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report.database).toMatch(/^(MariaDB|MySQL|PostgreSQL|SQLite) \d/);
    expect(report.tables.every(({ tried }) => tried === 'every column')).toBe(true);
  });

  test('rows read back exactly as inserted, and a rejected one is reported without its values', async () => {
    if (!reachable) return;
    const temporary = new TemporaryFolder(folder);
    const { engine, dialect } = await openScratchEngine(url, temporary);
    try {
      const table = GOGS.tableNamed('access_token');
      const schema = GOGS.targetNamed('0.13')
        .schemaFor(dialect)
        .tables.find((candidate) => candidate.name === 'access_token');
      if (table === undefined || schema === undefined) throw new Error('no such table');
      const columns = columnsInRelease(table, '0.13.0');
      const refused: string[] = [];
      const scratch = await ScratchTable.create(engine, schema, columns, (label, reason) =>
        refused.push(`${label}: ${reason}`),
      );
      const digester = new RowDigester(columns);
      const row = new Row(table.columns.length);
      const names = ['plain', '', 'it\'s \\ "quoted"\r\n\t%', 'Grüße 🎉', 'x'.repeat(200)];
      const digests: string[] = [];
      const fill = (id: number, text: string, sha: string): void => {
        for (const { index, kind } of columns) {
          if (kind === 'integer') row.cell(index).set(CellKind.Number, Buffer.from('9007199254740993'));
          else row.cell(index).setText(sha);
        }
        row.cell(0).set(CellKind.Number, Buffer.from(String(id)));
        row.cell(2).setText(text);
      };
      for (const [index, text] of names.entries()) {
        fill(index + 1, text, `secret-${index}`);
        digester.digest(row);
        digests.push(digester.words.join());
        scratch.add(row);
        await scratch.drain();
      }
      fill(99, 'a token of someone else', 'secret-0');
      scratch.add(row);
      await scratch.finish();
      expect(refused).toHaveLength(1);
      expect(refused[0]).toMatch(/^id 99: .*(unique|duplicate)/i);
      expect(refused[0]).not.toContain('secret');
      const held: string[] = [];
      await scratch.readRows(new Row(table.columns.length), (found) => {
        digester.digest(found);
        held.push(digester.words.join());
      });
      expect(held.sort()).toEqual(digests.sort());
    } finally {
      await engine.close();
      await temporary.remove();
    }
  });
});

test('a server that is not reachable is a usage error, and its password is not shown', async () => {
  const temporary = new TemporaryFolder(folder);
  const opening = openScratchEngine('mysql://root:geheim@127.0.0.1:1', temporary);
  await expect(opening).rejects.toThrow(UsageError);
  await expect(opening).rejects.toThrow(/127\.0\.0\.1:1: (?!.*geheim)/);
});
