import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { IniDocument } from '../../../src/formats/ini/IniDocument.js';
import { GOGS } from '../../../src/gogs/gogsHistory.js';
import { isAbsolutePath, readFacts } from '../../../src/gogs/settings/facts.js';
import { upgradeSettings } from '../../../src/gogs/settings/upgradeSettings.js';

const fixture = (name: string) =>
  IniDocument.parse(readFileSync(new URL(`../../../../tests/fixtures/app-ini/${name}`, import.meta.url)));
const facts = (text: string, version?: string) =>
  readFacts(IniDocument.parse(Buffer.from(text)), GOGS.settings, version);

describe('facts of app.ini', () => {
  test('are the same before and after the upgrade', () => {
    for (const name of ['0.9.141-mysql', '0.10.18-sqlite3', '0.11.91-postgres', '0.12.3-mysql']) {
      const document = fixture(`${name}.ini`);
      const before = readFacts(document, GOGS.settings);
      upgradeSettings(document, { to: '0.13.0' }, GOGS.settings);
      expect(readFacts(document, GOGS.settings)).toEqual(before);
      expect(readFacts(fixture(`${name}.gogs-0.13.0.ini`), GOGS.settings, '0.13.0')).toEqual(before);
    }
  });

  test('describe the instance', () => {
    expect(readFacts(fixture('0.12.3-mysql.ini'), GOGS.settings)).toMatchObject({
      engine: 'mysql',
      databaseHost: '127.0.0.1:3306',
      databaseName: 'g_0_12_3_mysql',
      repositoryRoot: '/home/git/0.12.3-mysql/repositories',
      secretKey: 'fixtureSecretKey1',
      installLock: true,
      runUser: 'root',
      externalUrl: 'http://localhost:54551/',
      logModes: ['file'],
      localNetworkAllowlist: ['*'],
      ssh: { disabled: false, builtinServer: false },
    });
  });

  test('an old name overrides the new one up to 0.12 and is ignored from 0.13 on', () => {
    const text = '[database]\nDB_TYPE = mysql\nTYPE = postgres\n';
    expect(facts(text).engine).toBe('mysql');
    expect(facts(text, '0.12.11').engine).toBe('mysql');
    expect(facts(text, '0.13.0').engine).toBe('postgres');
  });

  test('references are resolved, and circular ones end', () => {
    const text = 'X = $1\n[server]\nDOMAIN = d\nROOT_URL = http://%(DOMAIN)s/%(X)s%(NOPE)s\nCERT_FILE = %(KEY_FILE)s\n';
    expect(facts(text).externalUrl).toBe('http://d/$1%(NOPE)s');
    expect(facts('[server]\nDOMAIN = %()s%(B)%(B)s\nB = b\n').domain).toBe('%()s%(B)b');
    expect(facts('[server]\nDOMAIN = a%(B)s%(B)s\nB = %(B)s%(DOMAIN)s\n').domain).toMatch(/^a/);
  });

  test('paths are recognized as absolute on any system', () => {
    for (const path of ['/srv', 'C:\\git', 'c:/git', '\\\\server\\share']) expect(isAbsolutePath(path)).toBe(true);
    for (const path of ['data', './data', 'C:git', '~/x']) expect(isAbsolutePath(path)).toBe(false);
  });
});
