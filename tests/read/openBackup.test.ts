import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { TABLE_ROWS, tableRows } from '../../packaging/tableRows.js';
import { InputError, UsageError } from '../../src/core/errors.js';
import { type Backup, openBackup } from '../../src/read/openBackup.js';
import type { IssueRow, TableName } from '../../src/read/TableRows.js';
import { editTable } from '../support/editTable.js';
import { BACKUP_FIXTURES, fixture, temporaryFolder } from '../support/fixtures.js';
import { readEntries, readEntry } from '../support/readBackup.js';
import { repackBackup } from '../support/repackBackup.js';

const folder = temporaryFolder();
const BACKUP = fixture('0.12.3-sqlite3', 'backup.zip');

async function using<T>(path: string, work: (backup: Backup) => Promise<T>): Promise<T> {
  const backup = await openBackup(path, { tempdir: folder });
  try {
    return await work(backup);
  } finally {
    await backup.close();
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Values in a common notation: NULL and the empty text differ, booleans as each engine's client prints them. */
const asText = (value: unknown): string | null => {
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
};
const TRUTH: Readonly<Record<string, string>> = { t: '1', f: '0', true: '1', false: '0' };

describe('rows', () => {
  test.each(['0.12.3-sqlite3', '0.12.3-mysql', '0.12.3-postgres'])(
    'of an SQL dump are those that the engine itself has: %s',
    async (instance) => {
      const expected = JSON.parse(readFileSync(fixture(instance, 'tables.json'), 'utf8')) as Record<
        string,
        Record<string, string | null>[]
      >;
      await using(fixture(instance, 'native.sql'), async (backup) => {
        expect(backup.tables.length).toBeGreaterThan(30);
        for (const table of backup.tables) {
          const rows = (await all(backup.rows(table))).map((row) => Object.entries(row));
          const wanted = expected[table] ?? [];
          expect([table, rows.length]).toEqual([table, wanted.length]);
          const byId = new Map(wanted.map((row) => [row['id'] ?? row['oid'], row]));
          for (const row of rows) {
            const [, id] = row.find(([name]) => name === 'id' || name === 'oid') ?? [];
            const other = byId.get(String(id)) ?? {};
            for (const [name, value] of row.filter(([column]) => column in other && !/_at$/.test(column))) {
              const text = other[name] ?? null;
              const same = typeof value === 'boolean' && text !== null ? (TRUTH[text] ?? text) : text;
              expect([table, id, name, asText(value)]).toEqual([table, id, name, same]);
            }
          }
        }
      });
    },
  );

  test('of a backup have the types of TypeScript, and can be read again, and from two tables at once', async () => {
    await using(BACKUP, async (backup) => {
      const issues: IssueRow[] = await all(backup.rows('issue'));
      expect(issues.length).toBeGreaterThan(3);
      const [first] = issues;
      expect([typeof first?.id, typeof first?.name, typeof first?.is_closed]).toEqual(['number', 'string', 'boolean']);
      const [again, users] = await Promise.all([all(backup.rows('issue')), all(backup.rows('user'))]);
      expect(again).toEqual(issues);
      expect(users.map(({ lower_name }) => lower_name)).toContain('alice');
    });
  });

  test('keep 64 bits, and bytes that are not UTF-8 do not stop the reading', async () => {
    const path = join(folder, 'large.zip');
    const issues = (await readEntry(BACKUP, 'gogs-backup/db/Issue.json')).toString('latin1');
    const edited = issues.replace(/"ID":\d+/, '"ID":9007199254740993').replace(/"Title":"/, '"Title":"caf\xe9 ');
    await repackBackup(BACKUP, path, { 'gogs-backup/db/Issue.json': Buffer.from(edited, 'latin1') });
    await using(path, async (backup) => {
      const [first] = await all(backup.rows('issue'));
      expect(first?.id).toBe(9007199254740993n);
      expect(first?.name).toMatch(/^caf\ufffd /);
    });
  });

  test('end with the place of a value that does not fit its column', async () => {
    const path = join(folder, 'unfit.zip');
    await editTable(BACKUP, path, 'Issue', (lines) => [
      ...lines.slice(0, 2),
      String(lines[2]).replace(/"RepoID":\d+/, '"RepoID":"many"'),
    ]);
    await using(path, async (backup) => {
      const error = await all(backup.rows('issue')).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(InputError);
      expect(String(error)).toContain('Cannot read Issue.json, line 3: column repo_id is not a whole number.');
    });
  });

  test('need not be read to the end, and are then not read further', async () => {
    const path = join(folder, 'long.zip');
    await editTable(BACKUP, path, 'Issue', (lines) =>
      Array.from({ length: 20_000 }, (_, index) => String(lines[0]).replace(/"ID":\d+/, `"ID":${index + 1}`)),
    );
    await using(path, async (backup) => {
      const seen: unknown[] = [];
      for await (const { id } of backup.rows('issue')) if (seen.push(id) === 3) break;
      expect(seen).toEqual([1, 2, 3]);
      let count = 0;
      for await (const { id } of backup.rows('issue')) if (id === count + 1) count++;
      expect(count).toBe(20_000);
    });
  });

  test('stop with the reason of the signal', async () => {
    const stop = new AbortController();
    const backup = await openBackup(BACKUP, { tempdir: folder, signal: stop.signal });
    const rows = backup.rows('hook_task');
    await rows.next();
    stop.abort(new Error('enough'));
    await expect(all(backup.rows('issue'))).rejects.toThrow('enough');
    await rows.return();
    await backup.close();
  });

  test('whose values have another JSON type are converted, and the backup says so', async () => {
    const path = join(folder, 'other-type.zip');
    await editTable(BACKUP, path, 'Issue', (lines) =>
      lines.map((line, i) => (i === 1 ? line.replace(/"RepoID":(\d+)/, '"RepoID":"$1"') : line)),
    );
    await using(path, async (backup) => {
      expect(backup.findings).toEqual([]);
      const rows = await all(backup.rows('issue'));
      expect(typeof rows[1]?.repo_id).toBe('number');
      // Reading them again finds nothing new.
      await all(backup.rows('issue'));
      expect(backup.findings).toMatchObject([
        { code: 'other-type', count: 1, examples: ['Issue.json, line 2: repo_id'], needsHand: true },
      ]);
    });
  });

  test('of a table that Gogs never had are an error of the caller', async () => {
    await using(BACKUP, async (backup) => {
      await expect(all(backup.rows('isue' as TableName))).rejects.toThrow(UsageError);
    });
  });

  test('have the types that the releases of Gogs declare: npm run tables', () => {
    expect(readFileSync(TABLE_ROWS, 'utf8')).toBe(tableRows());
  });
});

describe('an open backup', () => {
  test.each(BACKUP_FIXTURES)('says what it is: %s', async (instance) => {
    await using(fixture(instance, 'backup.zip'), async (backup) => {
      expect(backup).toMatchObject({
        form: 'gogs backup',
        gogsVersion: expect.stringContaining(String(instance.split('-')[0])),
        schemaVersion: expect.any(Number),
        engine: instance.split('-')[1],
        madeAt: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        findings: expect.any(Array),
      });
    });
  });

  test('gives settings under every name they ever had', async () => {
    await using(fixture('0.11.91-postgres', 'backup.zip'), async (backup) => {
      expect(backup.settings.get('database.DB_TYPE')).toBe('postgres');
      expect([backup.setting('database.TYPE'), backup.setting('database.DB_TYPE')]).toEqual(['postgres', 'postgres']);
      expect(backup.setting('server.NO_SUCH_KEY')).toBeUndefined();
    });
  });

  test('gives every file except tables, as it is in the archive', async () => {
    const expected = await readEntries(BACKUP, (name) => !name.startsWith('gogs-backup/db/'));
    await using(BACKUP, async (backup) => {
      const found = new Map<string, Buffer>();
      for await (const { name, bytes, content } of backup.files()) {
        found.set(name, Buffer.concat(await all(content())));
        expect(found.get(name)).toHaveLength(bytes);
      }
      expect(found).toEqual(expected);
      expect(found.size).toBeGreaterThan(5);
    });
  });

  test('can come from a stream, and leaves no temporary file behind when it is closed', async () => {
    const before = readdirSync(folder).sort();
    const backup = await openBackup(createReadStream(BACKUP), { tempdir: folder });
    expect(readdirSync(folder)).not.toEqual(before);
    expect((await all(backup.rows('user'))).length).toBeGreaterThan(3);
    await backup.close();
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  test('is rejected if it is not from Gogs, without leaving anything behind', async () => {
    const before = readdirSync(folder).sort();
    await expect(openBackup(fixture('README.md'), { tempdir: folder })).rejects.toThrow(InputError);
    await expect(openBackup(join(folder, 'no-such.zip'))).rejects.toThrow(/there is no such file/);
    await expect(openBackup(BACKUP, { tempdirr: folder } as object)).rejects.toThrow(/openBackup has no option/);
    expect(readdirSync(folder).sort()).toEqual(before);
  });
});
