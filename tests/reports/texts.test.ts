import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { inspect } from '../../src/inspect/inspect.js';
import type { InspectReport } from '../../src/reports/InspectReport.js';
import { renderInspection } from '../../src/reports/renderInspection.js';
import { renderSummary } from '../../src/reports/renderSummary.js';
import { renderVerification } from '../../src/reports/renderVerification.js';
import { layoutFor, type TextLayout, TextPage } from '../../src/reports/TextPage.js';
import type { UpgradeReport } from '../../src/reports/UpgradeReport.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { verify } from '../../src/verify/verify.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { another, first, plant } from '../support/plant.js';

const folder = temporaryFolder();
const layout = (part: Partial<TextLayout> = {}): TextLayout => ({
  ...{ width: 80, verbose: false, stream: new PassThrough(), ...part },
});
const lastLines = (text: string): string => text.trimEnd().split('\n\n').at(-1)?.replaceAll('\n', ' ') ?? '';
/** Lines that are too long, except those to be copied. */
const tooLong = (text: string, width: number, verbatim: readonly (string | undefined)[]): string[] =>
  text
    .split('\n')
    .filter((line) => line.length > width && !verbatim.includes(line.trim()) && line.trim().includes(' '));

const upgraded = new Map<string, Promise<UpgradeReport>>();
const upgradeOf = (name: string): Promise<UpgradeReport> => {
  const report = upgraded.get(name) ?? upgrade(fixture(name, 'backup.zip'), `${folder}/${name}.zip`);
  upgraded.set(name, report);
  return report;
};

const BACKUPS = ['0.10.18-sqlite3', '0.11.91-postgres', '0.12.3-mysql', '0.12.3-mysql-hard'];

describe.each(BACKUPS)('the summary of an upgrade of %s', (name) => {
  test('is short, ends with the verdict, and fits the terminal', async () => {
    const report = await upgradeOf(name);
    const text = renderSummary(report, layout());
    expect(text.split('\n').length).toBeLessThan(50);
    const pressing = report.findings.some(({ needsHand }) => needsHand);
    expect(lastLines(text)).toMatch(
      pressing ? /^Written, but \d+ findings? needs? a hand: / : /^Ready for Gogs 0\.13: /,
    );
    const commands = report.nextSteps.map(({ command }) => command);
    for (const width of [40, 60, 80, 100]) {
      const page = renderSummary(report, layout({ width, verbose: true }));
      expect(tooLong(page, width, commands)).toEqual([]);
    }
  });

  test('shows everything that needs a hand, and three commands', async () => {
    const { findings, nextSteps, ...rest } = await upgradeOf(name);
    const text = renderSummary({ findings, nextSteps, ...rest }, layout());
    for (const { title, needsHand, severity } of findings) {
      if (needsHand) expect(text).toContain(title);
      if (severity === 'info' && !needsHand) expect(text).not.toContain(title);
    }
    const commands = nextSteps.flatMap(({ command }) => (command === undefined ? [] : [command]));
    expect(commands.filter((command) => text.includes(`${command}\n`))).toEqual(commands.slice(0, 3));
  });

  test('shows everything on request', async () => {
    const report = await upgradeOf(name);
    const text = renderSummary(report, layout({ verbose: true, width: 1000 }));
    for (const { title, code } of report.findings) if (code !== 'setting-renamed') expect(text).toContain(title);
    for (const { title, why } of report.nextSteps) {
      expect(text).toContain(title);
      expect(text).toContain(why);
    }
    for (const { name: setting } of report.settings) expect(text).toContain(setting.key);
  });
});

test('a long row that was handled is not an error, but still has to be loaded', async () => {
  const report = await upgradeOf('0.12.3-mysql-hard');
  const long = report.findings.filter(({ code }) => code === 'long-row');
  expect(long.map(({ severity, needsHand }) => ({ severity, needsHand }))).toEqual([
    { severity: 'warning', needsHand: true },
    { severity: 'warning', needsHand: true },
  ]);
  expect(renderSummary(report, layout())).toContain('hard.after-restore.sql\n');
});

test('rows that are left out are also named in the short summary', async () => {
  const input = await plant(folder, { rows: { ProtectBranchWhitelist: another({ ID: 99, ProtectBranchID: 0 }) } });
  const report = await upgrade(input, `${folder}/left-out.zip`);
  const left = report.tables.filter(({ rowsIn, rowsOut }) => rowsIn !== rowsOut);
  const text = renderSummary(report, layout());
  for (const { type } of left) expect(text).toContain(type);
  expect(text.includes('What was left out or added')).toBe(left.length > 0);
});

test('one of anything is not plural', async () => {
  const report = await upgradeOf('0.12.3-mysql');
  const [table] = report.tables;
  if (table === undefined) throw new Error('there are tables');
  const one = { ...report, tables: [{ ...table, rowsIn: 1, rowsOut: 1 }], files: { count: 1, bytes: 1 } };
  expect(renderSummary(one, layout({ width: 200 }))).toContain(
    '1 row in, 1 row out, in 1 table; 1 file copied unchanged (1 byte)',
  );
});

test('an output for a test server is marked in the last line', async () => {
  const report = await upgrade(fixture('0.12.3-mysql', 'backup.zip'), `${folder}/rehearsal.zip`, { rehearsal: true });
  expect(lastLines(renderSummary(report, layout()))).toMatch(/^Ready for a test server with Gogs 0\.13: /);
});

test('a stream has no checklist beside it: all steps are shown', async () => {
  const report = await upgrade(fixture('0.12.3-mysql', 'backup.zip'), new PassThrough().resume());
  const text = renderSummary(report, layout());
  for (const { title } of report.nextSteps) expect(text).toContain(title);
  expect(lastLines(text)).toBe('Ready for Gogs 0.13: follow the steps above.');
});

describe('an inspection', () => {
  test.each(BACKUPS)('of %s is short, and ends with the verdict', async (name) => {
    const text = renderInspection(await inspect(fixture(name, 'backup.zip')), layout());
    expect(text.split('\n').length).toBeLessThan(60);
    expect(lastLines(text)).toMatch(
      /^(?:Ready: can|Can) be upgraded to Gogs 0\.13(?:; \d+ findings? needs? a hand)?\.$/,
    );
    expect(tooLong(text, 80, [])).toEqual(
      text.split('\n').filter((line) => /gogs-backup-upgrade|gogs restore/.test(line) && line.length > 80),
    );
  });

  test('of a backup that the target wrote says that it needs no upgrade, and what to do with it', async () => {
    const path = fixture('0.12.3-sqlite3', 'gogs-0.13.0-backup.zip');
    const report = await inspect(path);
    expect(report).toMatchObject({ needsUpgrade: false, input: { isAtTarget: true } });
    const commands = report.plan.map(({ command }) => command);
    expect(commands).toContain(`gogs-backup-upgrade verify ${path}`);
    expect(commands.join()).toContain(`gogs restore --from ${path}`);
    expect(lastLines(renderInspection(report, layout()))).toContain('Already for Gogs 0.13: no upgrade is needed');
  });

  test('of one that its own release could not restore completely says that an upgrade helps', async () => {
    const path = await plant(folder, {
      rows: { Issue: first({ Content: 'x'.repeat(70_000) }) },
      archive: 'gogs-0.13.0-backup.zip',
    });
    const report: InspectReport = await inspect(path);
    expect(report).toMatchObject({ needsUpgrade: true, input: { isAtTarget: true } });
    expect(lastLines(renderInspection(report, layout()))).toContain('an upgrade corrects');
  });
});

test('a verification ends with its result', async () => {
  await upgradeOf('0.12.3-mysql');
  const report = await verify(`${folder}/0.12.3-mysql.zip`);
  const text = renderVerification(report, layout());
  expect(text.endsWith('\n\nVerification passed.\n')).toBe(true);
  expect(tooLong(text, 80, [])).toEqual([]);
});

describe('a page of text', () => {
  test('is as wide as the terminal, 80 columns if that is unknown, and never too wide to read', () => {
    const width = (columns: number | undefined): number =>
      layoutFor({ columns } as unknown as NodeJS.WriteStream, false).width;
    expect([width(undefined), width(0), width(72), width(10), width(300)]).toEqual([80, 80, 72, 40, 100]);
  });

  test('counts columns, not characters: a wide character takes two', () => {
    const text = new TextPage(layout({ width: 40 })).paragraph('备份 '.repeat(20)).toString();
    for (const line of text.split('\n')) expect(line.replace(/[^ -~]/g, '..').length).toBeLessThanOrEqual(40);
  });

  test('has no colours if the stream has none', () => {
    expect(new TextPage(layout()).style('red', 'x')).toBe('x');
  });
});
