import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { oldAddresses } from '../../src/checks/settings/oldAddresses.js';
import { IniDocument } from '../../src/formats/ini/IniDocument.js';
import { GOGS } from '../../src/gogs/gogsHistory.js';
import { readFacts } from '../../src/gogs/settings/facts.js';
import type { UpgradeOptions } from '../../src/upgrade/UpgradeOptions.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';

const folder = temporaryFolder();
let count = 0;
const upgraded = (name: string, options: UpgradeOptions, output = 'new.zip') =>
  upgrade(fixture(name, 'backup.zip'), join(folder, `${++count}-${output}`), options);

describe('addresses of the server', () => {
  const facts = (text: string) => readFacts(IniDocument.parse(Buffer.from(`[server]\n${text}\n`)), GOGS.settings);
  const OLD = 'DOMAIN = git.old.org\nROOT_URL = https://git.old.org:8443/x/\nSSH_DOMAIN = git.old.org';

  test('settings that still have the old name while another was changed need a hand', () => {
    const found = oldAddresses(facts(OLD), facts(OLD.replace('DOMAIN = git.old.org', 'DOMAIN = git.new.org')));
    expect(found.map(({ place, needsHand }) => [place, needsHand])).toEqual([
      ['[server] EXTERNAL_URL = https://git.old.org:8443/x/', true],
      ['[server] SSH_DOMAIN = git.old.org', true],
    ]);
    expect(found[0]?.remedy).toContain('--set server.EXTERNAL_URL=https://git.new.org:8443/x/');
  });

  test('a new URL without a new domain is reported', () => {
    const found = oldAddresses(facts(OLD), facts(OLD.replace(/ROOT_URL.*/, 'EXTERNAL_URL = https://b/')));
    expect(found.map(({ place }) => place)).toEqual([
      '[server] DOMAIN = git.old.org',
      '[server] SSH_DOMAIN = git.old.org',
    ]);
  });

  test.each([
    ['nothing was changed', OLD],
    ['all were changed', OLD.replaceAll('old', 'new')],
    ['one follows the other', 'DOMAIN = b\nEXTERNAL_URL = http://%(DOMAIN)s/\nSSH_DOMAIN = b'],
  ])('nothing is reported if %s', (_, after) => {
    expect(oldAddresses(facts(OLD), facts(after))).toEqual([]);
  });

  test('names that were never the same need not change together', () => {
    const before = 'DOMAIN = localhost\nEXTERNAL_URL = https://git.old.org/';
    expect(oldAddresses(facts(before), facts(before.replace('git.old', 'git.new')))).toEqual([]);
  });
});

describe('another database engine', () => {
  const engineFindings = (report: Awaited<ReturnType<typeof upgraded>>) =>
    report.findings.filter(({ code }) => code === 'other-engine');

  test('with a server needs its address and account, and a step says so', async () => {
    const report = await upgraded('0.12.3-sqlite3', { engine: 'postgres' });
    const [finding] = engineFindings(report);
    expect(finding).toMatchObject({ needsHand: true });
    expect(report.ready).toBe(false);
    expect(report.nextSteps[0]?.title).toBe(finding?.title);
    expect(report.nextSteps[0]?.why).toContain('--set database.HOST=127.0.0.1:5432');
    const set = ['database.HOST=db:5432', 'database.USER=gogs', 'database.PASSWORD=x'];
    expect(engineFindings(await upgraded('0.12.3-sqlite3', { engine: 'postgres', set }))).toEqual([]);
  });

  test('SQLite needs only a file, whose place is named', async () => {
    const [finding] = engineFindings(await upgraded('0.12.3-mysql', { engine: 'sqlite3' }));
    expect(finding).toMatchObject({ severity: 'info', needsHand: false });
    expect(finding?.consequence).toContain('data/gogs.db');
  });

  test('contradicts an app.ini that is kept', async () => {
    const [finding] = engineFindings(await upgraded('0.12.3-mysql', { engine: 'postgres', keepConfig: true }));
    expect(finding).toMatchObject({ severity: 'error', needsHand: true });
  });

  test('does not matter for SQL, which has no app.ini', async () => {
    const report = await upgraded('0.12.3-sqlite3', { engine: 'mysql' }, 'new.sql');
    expect(engineFindings(report)).toMatchObject([{ severity: 'info', needsHand: false }]);
  });
});

test('every finding that needs a hand is a numbered step', async () => {
  const report = await upgraded('0.12.3-mysql-hard', { engine: 'postgres', set: ['server.DOMAIN=git.example.org'] });
  const pressing = report.findings.filter(({ needsHand, code }) => needsHand && code !== 'long-row');
  expect(pressing.map(({ code }) => code).sort()).toEqual(['old-address', 'other-engine']);
  for (const { title, remedy } of pressing) {
    expect(report.nextSteps.some((step) => step.title.includes(title) && step.why.includes(remedy))).toBe(true);
  }
});
