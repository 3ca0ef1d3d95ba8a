import { createReadStream, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { main } from '../../src/cli/main.js';
import { InputError } from '../../src/core/errors.js';
import { inspect } from '../../src/inspect/inspect.js';
import { describeInspection } from '../../src/reports/describeInspection.js';
import type { InspectReport } from '../../src/reports/InspectReport.js';
import { inspectionPage } from '../../src/reports/inspectionPage.js';
import { renderInspection } from '../../src/reports/renderInspection.js';
import { layoutFor } from '../../src/reports/TextPage.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { BACKUP_FIXTURES, fixture, temporaryFolder } from '../support/fixtures.js';
import { first, plant } from '../support/plant.js';

const folder = temporaryFolder();
const hard = fixture('0.12.3-mysql-hard', 'backup.zip');

describe('an inspection', () => {
  test('describes the input', async () => {
    const report = await inspect(hard);
    expect(report.input).toMatchObject({
      form: 'gogs backup',
      gogsVersion: '0.12.3',
      schemaVersion: 19,
      engine: 'mysql',
      bytes: statSync(hard).size,
      date: '2026-11-22T13:32:59Z',
    });
    expect(report.repositories).toMatchObject({ count: 5, files: 128 });
    expect(report.files.map(({ name, count }) => [name, count])).toEqual([
      ['custom', 2],
      ['data/attachments', 1],
      ['data/avatars', 5],
      ['repositories.zip', 1],
    ]);
    expect(report.tables[0]).toMatchObject({ table: 'hook_task', rowsIn: 4 });
    expect(report.tables.every(({ meaning }) => meaning !== '')).toBe(true);
  });

  test.each(BACKUP_FIXTURES)('of %s says what the upgrade then does', async (name) => {
    const input = fixture(name, 'backup.zip');
    const before = await inspect(input);
    const after = await upgrade(input, join(folder, `${name}.zip`));
    const byName = <T extends { readonly table: string }>(tables: readonly T[]): T[] =>
      tables.toSorted((a, b) => a.table.localeCompare(b.table));
    expect(byName(before.tables)).toMatchObject(byName(after.tables));
    expect(before.settings).toEqual(after.settings);
    expect(before.findings).toEqual(expect.arrayContaining([...after.findings]));
    const later = (steps: typeof after.nextSteps) => steps.map(({ title }) => title);
    expect(later(before.plan).slice(-after.nextSteps.length)).toEqual(later(after.nextSteps));
  });

  test('reports unknown keys like an upgrade', async () => {
    const input = await plant(folder, { rows: { Issue: first({ Sparkle: 1 }), Star: first({ Why: 'nice' }) } });
    const [before, after] = [await inspect(input), await upgrade(input, join(folder, 'unknown.zip'))];
    const unknown = ({ findings }: Pick<InspectReport, 'findings'>) =>
      findings.filter(({ code }) => code === 'unknown-column').flatMap(({ examples }) => examples);
    expect(unknown(before)).toEqual(['Star.Why', 'Issue.Sparkle']);
    expect(before.findings).toEqual(expect.arrayContaining([...after.findings]));
  });

  test('reports every value that a restore rejects, and the upgrade refuses all of them at once', async () => {
    const input = await plant(folder, { rows: { Issue: first({ RepoID: 'one' }), Star: first({ UID: 'me' }) } });
    const report = await inspect(input);
    const places = report.findings.find(({ code }) => code === 'unfit-value')?.examples;
    expect(describeInspection(report).text).toMatch(/^Can be upgraded to a backup for Gogs 0\.13 only once/);
    expect(places).toEqual(['Star line 1, uid', 'Issue line 1, repo_id']);
    await expect(upgrade(input, join(folder, 'unfit.zip'))).rejects.toThrow(
      /: Star line 1, uid; Issue line 1, repo_id\./,
    );
    expect(existsSync(join(folder, 'unfit.zip'))).toBe(false);
  });

  test('says once in which line a row without an id is', async () => {
    const input = await plant(folder, { rows: { LFSObject: first({ Size: 'big' }) } });
    await expect(upgrade(input, join(folder, 'unfit.sql'))).rejects.toThrow('not a whole number (LFSObject line 1).');
  });

  test('of a time that only a backup cannot hold promises no more than the outputs keep', async () => {
    const input = await plant(folder, { rows: { LFSObject: first({ CreatedAt: '2020-01-02 03:04:05' }) } });
    const finding = (await inspect(input)).findings.find(({ code }) => code === 'unfit-value');
    expect(finding?.consequence).toBe('A restore would stop there, so no backup is written.');
    await expect(upgrade(input, join(folder, 'time.zip'))).rejects.toThrow(InputError);
    for (const name of ['time.sql', 'time.db', 'time.csv.zip'])
      expect((await upgrade(input, join(folder, name))).findings).not.toContainEqual(
        expect.objectContaining({ code: 'unfit-value' }),
      );
  });

  test('of a dump names the tables of other applications, without their rows', async () => {
    const input = join(folder, 'shared.sql');
    const dump = readFileSync(fixture('0.12.3-sqlite3', 'native.sql'), 'utf8');
    writeFileSync(
      input,
      dump.replace('COMMIT;', 'CREATE TABLE wp_posts (a INTEGER);\nINSERT INTO wp_posts VALUES(1);\nCOMMIT;'),
    );
    const report = await inspect(input);
    expect(report.otherTables).toEqual([{ name: 'wp_posts', place: 'table wp_posts' }]);
    expect(report.findings.find(({ code }) => code === 'foreign-table')?.examples).toEqual(['wp_posts']);
    expect(report).toEqual(JSON.parse(JSON.stringify(report)));
  });

  test('writes nothing', async () => {
    const input = await plant(folder, {});
    const [content, names] = [readFileSync(input), readdirSync(folder)];
    await inspect(input);
    expect(readFileSync(input).equals(content)).toBe(true);
    expect(readdirSync(folder)).toEqual(names);
  });

  test('reads a stream', async () => {
    const report = await inspect(createReadStream(hard));
    expect(report.input.path).toBe('standard input');
    expect(report.plan.map(({ command }) => command)).toContain('gogs-backup-upgrade - OUTPUT.zip');
  });

  test('of a version that cannot be upgraded says so, and suggests no upgrade', async () => {
    const report = await inspect(await plant(folder, { rows: { Version: first({ Version: 99 }) } }));
    expect(report.canUpgrade).toBe(false);
    expect(report.plan.some(({ command }) => command?.startsWith('gogs-backup-upgrade'))).toBe(false);
  });

  test.each([0, 1000])('of a backup that failed after %d bytes ends with a message', async (bytes) => {
    const path = join(folder, `cut-${bytes}.zip`);
    writeFileSync(path, readFileSync(hard).subarray(0, bytes));
    await expect(inspect(path)).rejects.toThrow(InputError);
    await expect(inspect(path)).rejects.toThrow(bytes === 0 ? /empty/ : /cut-1000\.zip/);
  });
});

/** A report in which every text would break out of a page that does not escape it. */
const EVIL = '<script>alert(1)</script>"\'&\u202e\u001b[31m';
function evil<T>(value: T): T {
  if (typeof value === 'string') return EVIL as T;
  if (Array.isArray(value)) return value.map(evil) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, ['severity', 'kind'].includes(key) ? part : evil(part)]),
  ) as T;
}

describe('the page for a browser', () => {
  test('escapes everything from the input', async () => {
    const page = inspectionPage(evil(await inspect(hard)) as InspectReport);
    expect(page).not.toContain('<script');
    expect(page).not.toContain('\u202e');
    expect(page).not.toContain('\u001b');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
  });

  test('is self-contained: no scripts, no external resources', async () => {
    const page = inspectionPage(await inspect(hard));
    expect(page).not.toMatch(/<(?:script|link|img|iframe|object)\b|\bon\w+=|@import|url\(|https?:\/\//);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).toContain('@media print');
  });

  test('has every table, finding and step, and is well-formed', async () => {
    const report = await inspect(hard);
    const page = inspectionPage(report);
    for (const { type } of report.tables) expect(page).toContain(`<td>${type}</td>`);
    for (const { code } of report.findings) expect(page).toContain(`<code>${code}</code>`);
    for (const { title } of report.plan) expect(page).toContain(`<strong>${title}</strong>`);
    const tags = [...page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)];
    const open: string[] = [];
    for (const [, slash, name = ''] of tags) {
      if (['meta', 'wbr', 'html', 'body', 'head'].includes(name)) continue;
      if (slash === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});

describe('the page for a terminal', () => {
  test('shows findings by severity, each explanation once, without control characters from the input', async () => {
    const report = await inspect(hard);
    const page = renderInspection(report, layoutFor(process.stdout, true));
    expect(page.indexOf('Rows of Issue are longer')).toBeLessThan(page.indexOf('Git LFS objects'));
    expect(page.replaceAll(/\s+/g, ' ').match(/--drop-orphans leaves them out\. /g)?.length).toBe(1);
    expect(page.split('\n').filter((line) => line.startsWith('    ') && line.length > 160)).toEqual([]);
    expect(renderInspection(evil(report) as InspectReport, layoutFor(process.stdout, true))).not.toContain(
      '\u001b[31m',
    );
  });
});

test('the command writes the page, but replaces an existing one only if told to', async () => {
  const page = join(folder, 'report.html');
  expect(await main(['inspect', hard, '--json', '-q', '--report', page])).toBe(0);
  expect(readFileSync(page, 'utf8')).toContain('</html>');
  expect(await main(['inspect', hard, '--json', '-q', '--report', page])).toBe(6);
  expect(await main(['inspect', hard, '--json', '-q', '--report', page, '--force'])).toBe(0);
});
