import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { checkSettings } from '../../src/checks/checkSettings.js';
import { cacheAdapter } from '../../src/checks/settings/cacheAdapter.js';
import { databaseEngine } from '../../src/checks/settings/databaseEngine.js';
import { dataPaths } from '../../src/checks/settings/dataPaths.js';
import { emailNotifications } from '../../src/checks/settings/emailNotifications.js';
import { httpPort } from '../../src/checks/settings/httpPort.js';
import { localNetwork } from '../../src/checks/settings/localNetwork.js';
import { logToFile } from '../../src/checks/settings/logToFile.js';
import { oldMachine } from '../../src/checks/settings/oldMachine.js';
import { postgresLogin } from '../../src/checks/settings/postgresLogin.js';
import { relativePaths } from '../../src/checks/settings/relativePaths.js';
import { reverseProxy } from '../../src/checks/settings/reverseProxy.js';
import { runUser } from '../../src/checks/settings/runUser.js';
import { secretKey } from '../../src/checks/settings/secretKey.js';
import { Findings } from '../../src/core/findings.js';
import { IniDocument } from '../../src/formats/ini/IniDocument.js';
import { GOGS } from '../../src/gogs/gogsHistory.js';
import { readFacts } from '../../src/gogs/settings/facts.js';
import { upgradeSettings } from '../../src/gogs/settings/upgradeSettings.js';

const facts = (text: string) => readFacts(IniDocument.parse(Buffer.from(text)), GOGS.settings);
const at = (name: string) => GOGS.targetNamed(name);

describe('checks of app.ini', () => {
  test.each([
    ['PASSWORD = Pa55 word', ['[database] PASSWORD']],
    ["PASSWORD = Pa55'word", ['[database] PASSWORD']],
    ['PASSWORD = Pa55\\word', ['[database] PASSWORD']],
    ['USER = Pa55 user', ['[database] USER']],
    ["PASSWORD = Pa55\\'wo\\\\rd", []],
    ['PASSWORD = Pa55=b&c%d"e', []],
  ])('PostgreSQL gets a login as 0.13 passes it: %s', (line, places) => {
    const notices = postgresLogin({ facts: facts(`[database]\nTYPE = postgres\n${line}\n`), target: at('0.13') });
    expect(notices.map(({ code, needsHand, place }) => [code, needsHand, place])).toEqual(
      places.map((place) => ['postgres-login', true, place]),
    );
    expect(JSON.stringify(notices)).not.toContain('Pa55');
    expect(postgresLogin({ facts: facts(`[database]\nTYPE = mysql\n${line}\n`), target: at('0.13') })).toEqual([]);
  });

  test('an ordinary old backup has no findings that need a hand', () => {
    const file = new URL('../../../tests/fixtures/app-ini/0.11.91-postgres.ini', import.meta.url);
    const document = IniDocument.parse(readFileSync(file));
    const changes = upgradeSettings(document, { from: '0.11.91', to: '0.13.0' }, GOGS.settings);
    const findings = new Findings();
    const notices = checkSettings({
      facts: readFacts(document, GOGS.settings),
      changes,
      from: '0.11.91',
      target: at('0.13'),
    });
    for (const notice of notices) findings.add(notice);
    expect(findings.needsHand).toBe(false);
    expect(findings.list().map(({ code, severity, count }) => [code, severity, count])).toEqual([
      ['setting-renamed', 'info', 10],
      ['run-user', 'info', 1],
      ['log-to-file', 'info', 1],
      ['absolute-path', 'info', 3],
    ]);
    expect(JSON.stringify(findings.list())).not.toMatch(/fixtureSecretKey|mail;pw/);
  });

  test.each([
    ['tidb', 'database.TYPE=mysql'],
    ['MySQL', 'database.TYPE=mysql'],
    ['sqlite', 'database.TYPE=sqlite3'],
    ['postgresql', 'database.TYPE=postgres'],
    ['oracle', 'database.TYPE=name'],
  ])('engine %s stops the restore and needs a hand', (engine, remedy) => {
    const [notice] = databaseEngine({ facts: facts(`[database]\nDB_TYPE = ${engine}\n`), target: at('0.13') });
    expect(notice).toMatchObject({ severity: 'error', needsHand: true });
    expect(notice?.remedy).toContain(remedy);
  });

  test.each(['mysql', 'postgres', 'sqlite3', 'mssql'])('engine %s is fine', (engine) => {
    expect(databaseEngine({ facts: facts(`[database]\nTYPE = ${engine}\n`), target: at('0.14') })).toEqual([]);
  });

  test('logging to both a file and the console hides nothing', () => {
    expect(logToFile({ facts: facts('[log]\nMODE = console, file\n') })).toEqual([]);
    expect(logToFile({ facts: facts('') })).toEqual([]);
    expect(logToFile({ facts: facts('[log]\nMODE = File\nROOT_PATH = /var/log/gogs\n') })[0]?.remedy).toContain(
      '/var/log/gogs',
    );
  });

  test('relative and absolute paths are told apart', () => {
    const all = facts('[server]\nAPP_DATA_PATH = data\n[repository]\nROOT = /srv/git\n');
    expect(relativePaths({ facts: all }).map(({ place }) => place)).toEqual(['[server] APP_DATA_PATH = data']);
    expect(oldMachine({ facts: all }).map(({ place }) => place)).toEqual(['[repository] ROOT = /srv/git']);
  });

  test('Windows paths are reported as such, because they have no meaning elsewhere', () => {
    const all = facts(
      '[repository]\nROOT = C:\\gogs\\repositories\n[server]\nAPP_DATA_PATH = D:/data\n[log]\nROOT_PATH = /var/log\n',
    );
    expect(
      oldMachine({ facts: all }).map(({ code, severity, title, place }) => [code, severity, title, place]),
    ).toEqual([
      ['absolute-path', 'warning', 'Windows paths in app.ini', '[server] APP_DATA_PATH = D:/data'],
      ['absolute-path', 'warning', 'Windows paths in app.ini', '[repository] ROOT = C:\\gogs\\repositories'],
      ['absolute-path', 'info', 'Absolute paths in app.ini', '[log] ROOT_PATH = /var/log'],
    ]);
  });

  test('hosts are reported unless they are the machine itself', () => {
    const host = (value: string) => oldMachine({ facts: facts(`[database]\nTYPE = mysql\nHOST = ${value}\n`) }).length;
    for (const local of [
      '',
      '127.0.0.1:3306',
      'localhost',
      'LOCALHOST:5432',
      '[::1]:5432',
      '0.0.0.0',
      '/run/mysqld.sock',
    ]) {
      expect(host(local)).toBe(0);
    }
    for (const remote of ['db:3306', '10.0.0.5', 'localhost.example.com:3306']) expect(host(remote)).toBe(1);
    expect(oldMachine({ facts: facts('[database]\nTYPE = sqlite3\nHOST = db:3306\n') })).toEqual([]);
  });

  test('the user matters once the installation is locked', () => {
    expect(runUser({ facts: facts('RUN_USER = gogs\n'), target: at('0.13') })).toEqual([]);
    expect(
      runUser({ facts: facts('RUN_USER = gogs\n[security]\nINSTALL_LOCK = true\n'), target: at('0.13') })[0]?.title,
    ).toContain('gogs');
    expect(runUser({ facts: facts('[security]\nINSTALL_LOCK = true\n'), target: at('0.13') })[0]?.title).toContain(
      'git',
    );
  });

  test('a secret key is checked and never shown', () => {
    expect(secretKey({ facts: facts('[security]\nSECRET_KEY = mine\n'), target: at('0.13') })).toEqual([]);
    for (const text of ['', '[security]\nSECRET_KEY =\n', '[security]\nSECRET_KEY = !#@FDEWREWR&*(\n']) {
      expect(secretKey({ facts: facts(text), target: at('0.13') })).toMatchObject([
        { severity: 'warning', needsHand: false },
      ]);
    }
  });

  test('the local network is mentioned for backups from before 0.12.6', () => {
    expect(localNetwork({ facts: facts(''), from: '0.12.5', target: at('0.13') })).toHaveLength(1);
    expect(localNetwork({ facts: facts(''), from: undefined, target: at('0.13') })).toHaveLength(1);
    expect(localNetwork({ facts: facts(''), from: '0.12.6', target: at('0.13') })).toEqual([]);
    expect(
      localNetwork({ facts: facts('[security]\nLOCAL_NETWORK_ALLOWLIST = *\n'), from: '0.11.4', target: at('0.13') }),
    ).toEqual([]);
  });

  test('a reverse proxy that signs users in has to be named for 0.14', () => {
    const proxy = '[service]\nENABLE_REVERSE_PROXY_AUTHENTICATION = true\n';
    expect(reverseProxy({ facts: facts(proxy), target: at('0.14') })).toHaveLength(1);
    expect(reverseProxy({ facts: facts(proxy), target: at('0.13') })).toEqual([]);
    expect(reverseProxy({ facts: facts(''), target: at('0.14') })).toEqual([]);
    expect(
      reverseProxy({ facts: facts(`${proxy}[auth]\nTRUSTED_PROXY_IPS = 10.0.0.5\n`), target: at('0.14') }),
    ).toEqual([]);
  });

  describe('for 0.15', () => {
    const target = at('0.15');

    test.each(['', '[security]\nSECRET_KEY =\n', '[security]\nSECRET_KEY = CHANGE-ME-OR-FAIL-TO-START\n'])(
      'an app.ini without a secret key of its own keeps Gogs from starting: %j',
      (text) => {
        const [notice] = secretKey({ facts: facts(text), target });
        expect(notice).toMatchObject({ code: 'no-secret-key', severity: 'error', needsHand: true });
        expect(notice?.remedy).toContain('two-factor');
      },
    );

    test('a public key needs a hand, and a private one does not', () => {
      const published = facts('[security]\nSECRET_KEY = !#@FDEWREWR&*(\n');
      expect(secretKey({ facts: published, target })).toMatchObject([{ severity: 'error', needsHand: true }]);
      expect(secretKey({ facts: facts('[security]\nSECRET_KEY = mine\n'), target })).toEqual([]);
    });

    test('mssql, memcache and a port that is not a number need a hand', () => {
      expect(databaseEngine({ facts: facts('[database]\nTYPE = mssql\n'), target })).toMatchObject([
        { needsHand: true },
      ]);
      const memcache = facts('[cache]\nADAPTER = memcache\n');
      expect(cacheAdapter({ facts: memcache, target })).toMatchObject([{ code: 'cache-adapter', needsHand: true }]);
      expect(cacheAdapter({ facts: memcache, target: at('0.14') })).toEqual([]);
      expect(httpPort({ facts: facts('[server]\nHTTP_PORT = http\n'), target })).toMatchObject([{ code: 'http-port' }]);
      expect(httpPort({ facts: facts('[server]\nHTTP_PORT = http\n'), target: at('0.14') })).toEqual([]);
      expect(httpPort({ facts: facts('[server]\nHTTP_PORT = 3000\n'), target })).toEqual([]);
    });

    test('uploads outside of the data folder need a hand, however its path is written', () => {
      const found = (config: string): string[] => dataPaths({ facts: facts(config) }).map(({ place }) => String(place));
      expect(found('[attachment]\nPATH = /srv/files\n[picture]\nAVATAR_UPLOAD_PATH = data/pictures\n')).toEqual([
        '[attachment] PATH = /srv/files',
        '[picture] AVATAR_UPLOAD_PATH = data/pictures',
      ]);
      expect(found('[attachment]\nPATH = /home/git/gogs/data/attachments\n')).toEqual([]);
      expect(
        found('[server]\nAPP_DATA_PATH = /var/lib/gogs\n[attachment]\nPATH = /var/lib/gogs/attachments\n'),
      ).toEqual([]);
      expect(
        found('[server]\nAPP_DATA_PATH = /var/lib/gogs\n[attachment]\nPATH = /srv/gogs/attachments\n'),
      ).toHaveLength(1);
    });

    test('notifications are a danger with SQLite alone, from 0.14 on', () => {
      const config = (engine: string): string =>
        `[database]\nTYPE = ${engine}\n[user]\nENABLE_EMAIL_NOTIFICATION = true\n`;
      for (const hanging of [at('0.14'), target]) {
        const found = emailNotifications({ facts: facts(config('sqlite3')), target: hanging });
        expect(found).toMatchObject([{ code: 'email-notifications', severity: 'warning' }]);
        expect(emailNotifications({ facts: facts(config('mysql')), target: hanging })).toEqual([]);
        expect(emailNotifications({ facts: facts('[database]\nTYPE = sqlite3\n'), target: hanging })).toEqual([]);
      }
      expect(emailNotifications({ facts: facts(config('sqlite3')), target: at('0.13') })).toEqual([]);
    });

    test('the user always matters', () => {
      expect(runUser({ facts: facts('RUN_USER = gogs\n'), target })).toHaveLength(1);
    });
  });
});
