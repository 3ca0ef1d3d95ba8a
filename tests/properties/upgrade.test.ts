/**
 * Properties that hold for any rows: nothing is lost, only what a release changed is changed, and every format returns the
 * values that it was given.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ColumnKind } from '../../src/core/rows.js';
import { ENGINES } from '../../src/engines/Engine.js';
import { GOGS } from '../../src/gogs/gogsHistory.js';
import { keyInRelease, type Table } from '../../src/gogs/tables.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { makeZip } from '../support/archives.js';
import { effort } from '../support/effort.js';
import { temporaryFolder } from '../support/fixtures.js';
import { type JsonRow, readEntries, readTables } from '../support/readBackup.js';
import { unicodeText } from '../support/unicodeText.js';

const root = temporaryFolder();
let count = 0;

/** Tables whose rows the steps to 0.13 do not change, and in which checks have nothing to repair. */
const PLAIN = ['User', 'PublicKey', 'Issue', 'Comment', 'Milestone', 'Follow'];
const tableOf = (type: string): Table => GOGS.tables.find((table) => table.type === type) as Table;

/** Text that formats have difficulties with: quotes, backslashes, separators, stand-ins for NULL, line ends, emoji. */
const pieces = [
  '\\',
  '\\N',
  '"',
  '""',
  "'",
  "''",
  ',',
  ';',
  '\t',
  '\n',
  '\r\n',
  '\\n',
  '<',
  '&',
  'NULL',
  '--',
  '/*',
  '$$',
  '\u2028',
  '😀',
  'é',
  'x',
  ' ',
];
const textOf = (parts: number, characters: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: parts }).map((found) => found.join('')),
    unicodeText({ maxLength: characters }).map((value) => value.replaceAll('\0', '')),
  );
/** Fits the shortest text column, which has 10 characters. */
const text = textOf(2, 8);
const longText = textOf(20, 60);

function anyOf(key: string, kind: ColumnKind): fc.Arbitrary<unknown> {
  if (key === 'Content' || key === 'Note') return longText;
  switch (kind) {
    case 'integer':
      return fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    case 'boolean':
      return fc.boolean();
    case 'time':
      return fc.constant('2020-09-13T12:26:40Z');
    case 'uuid':
      return fc.uuid();
    case 'text':
      return text;
  }
}

/** Rows of a table as a release writes them, with explicit ids and texts that any unique column accepts. */
function rowsOf(type: string, release: string): fc.Arbitrary<JsonRow[]> {
  const table = tableOf(type);
  const columns = table.columns.flatMap((column) => {
    const key = column.derived ? undefined : keyInRelease(column, release);
    return key === undefined ? [] : [[key, anyOf(key, column.kind)] as const];
  });
  return fc
    .array(fc.record(Object.fromEntries(columns)), { maxLength: 4 })
    .map((rows) => rows.map((row, index) => ({ ...(row as JsonRow), ID: index + 1 })));
}

const backups = fc.record(Object.fromEntries(PLAIN.map((type) => [type, rowsOf(type, '0.12.0')])));
const token = fc.record({
  UserID: fc.integer({ min: 1, max: 9 }),
  Name: text,
  Sha1: fc.stringMatching(/^[0-9a-f]{40}$/),
  CreatedUnix: fc.nat(),
  UpdatedUnix: fc.nat(),
});

async function withFolder<T>(work: (path: (name: string) => string) => Promise<T>): Promise<T> {
  const folder = join(root, String(++count));
  mkdirSync(folder);
  try {
    return await work((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeBackup(path: string, tables: Readonly<Record<string, readonly JsonRow[]>>): void {
  const files = { ...tables, Version: [{ ID: 1, Version: 19 }] };
  const entries = Object.entries(files).map(([type, rows]) => ({
    name: `gogs-backup/db/${type}.json`,
    content: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
  }));
  const metadata = { name: 'gogs-backup/metadata.ini', content: Buffer.from('VERSION=1\nGOGS_VERSION=0.12.3\n') };
  writeFileSync(path, makeZip([metadata, ...entries]));
}

/** The same rows under the keys of a release: only renamed. */
function renamed(type: string, row: JsonRow): JsonRow {
  const entries = tableOf(type).columns.flatMap((column) => {
    const [before, after] = [keyInRelease(column, '0.12.0'), keyInRelease(column, '0.13.0')];
    return column.derived || before === undefined || after === undefined ? [] : [[after, row[before]] as const];
  });
  return Object.fromEntries(entries);
}

const runs = { numRuns: effort('PROPERTY_RUNS', 5) };

test('an upgrade keeps every row and changes only what a release changed; a second upgrade changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(backups, fc.array(token, { maxLength: 4 }), (tables, tokens) =>
      withFolder(async (path) => {
        const AccessToken = tokens.map((row, index) => ({ ...row, ID: index + 1 }));
        writeBackup(path('old.zip'), { ...tables, AccessToken });
        await upgrade(path('old.zip'), path('new.zip'), { engine: 'mysql' });
        const result = await readTables(path('new.zip'));
        for (const type of PLAIN) {
          const rows = tables[type] ?? [];
          expect(result[`${type}.json`]).toHaveLength(rows.length);
          expect(result[`${type}.json`]).toMatchObject(rows.map((row) => renamed(type, row)));
        }
        const hashes = AccessToken.map(({ Sha1 }) => createHash('sha256').update(Sha1).digest('hex'));
        expect(result['AccessToken.json']?.map((row) => row['SHA256'])).toEqual(hashes);
        await upgrade(path('new.zip'), path('twice.zip'), { engine: 'mysql' });
        expect(await readEntries(path('twice.zip'))).toEqual(await readEntries(path('new.zip')));
      }),
    ),
    runs,
  );
});

test.each([...ENGINES, 'csv'] as const)('a backup comes back the same by way of %s', async (way) => {
  await fc.assert(
    fc.asyncProperty(backups, (tables) =>
      withFolder(async (path) => {
        writeBackup(path('old.zip'), tables);
        const [between, options] = way === 'csv' ? (['tables/', {}] as const) : (['all.sql', { engine: way }] as const);
        await upgrade(path('old.zip'), path('straight.zip'), { engine: 'mysql' });
        await upgrade(path('old.zip'), path(between), options);
        await upgrade(path(between), path('round.zip'), { engine: 'mysql' });
        const [straight, round] = [await readTables(path('straight.zip')), await readTables(path('round.zip'))];
        for (const type of PLAIN) expect(round[`${type}.json`]).toEqual(straight[`${type}.json`]);
      }),
    ),
    runs,
  );
});

test('JSON values keep the meaning that JSON.parse reads, with any spaces, escapes and order', async () => {
  const odd = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 8 }).map((key) => `x${key}`),
    // As represented in JSON, which has no -0.
    fc.jsonValue({ maxDepth: 3 }).map((value): unknown => JSON.parse(JSON.stringify(value))),
    {
      maxKeys: 5,
    },
  );
  const row = fc.record({ Name: text, extra: odd, spaces: fc.constantFrom('', ' ', '\t', '  '), ascii: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) =>
      withFolder(async (path) => {
        const objects = rows.map(({ Name, extra }, index) => ({ ...extra, Name, ID: index + 1 }));
        const lines = objects.map((object, index) => {
          const { spaces, ascii } = rows[index] ?? { spaces: '', ascii: false };
          const members = Object.entries(object).map(
            ([key, value]) => `${spaces}${JSON.stringify(key)}${spaces}:${spaces}${JSON.stringify(value)}${spaces}`,
          );
          const line = `{${members.join(',')}}`;
          return ascii
            ? line.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
            : line;
        });
        const user = { name: 'gogs-backup/db/User.json', content: Buffer.from(lines.join('\n')) };
        const metadata = { name: 'gogs-backup/metadata.ini', content: Buffer.from('VERSION=1\nGOGS_VERSION=0.12.3\n') };
        writeFileSync(path('old.zip'), makeZip([metadata, user]));
        await upgrade(path('old.zip'), path('new.zip'), { engine: 'mysql' });
        const content = (await readEntries(path('new.zip'))).get('gogs-backup/db/User.json')?.toString() ?? '';
        const result = content
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as JsonRow);
        expect(result).toHaveLength(objects.length);
        objects.forEach((object, index) => {
          for (const [key, value] of Object.entries(object)) expect([key, result[index]?.[key]]).toEqual([key, value]);
        });
      }),
    ),
    runs,
  );
});
