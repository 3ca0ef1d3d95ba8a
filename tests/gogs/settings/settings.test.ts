import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { IniDocument } from '../../../src/formats/ini/IniDocument.js';
import { GOGS } from '../../../src/gogs/gogsHistory.js';
import { formatSetting, splitName } from '../../../src/gogs/settings/names.js';
import { formatChange, type SettingsUpgrade, upgradeSettings } from '../../../src/gogs/settings/upgradeSettings.js';

const fixture = (name: string) => readFileSync(new URL(`../../../../tests/fixtures/app-ini/${name}`, import.meta.url));

function upgrade(text: string, versions: SettingsUpgrade = { from: '0.12.3', to: '0.13.0' }) {
  const document = IniDocument.parse(Buffer.from(text), {
    inlineComments: GOGS.settings.readsInlineComments(versions.from),
  });
  const changes = upgradeSettings(document, versions, GOGS.settings);
  return { text: document.toBuffer().toString(), changes, document };
}

describe('compared with manual changes by an administrator for the same instance', () => {
  test.each(['0.9.141-mysql', '0.10.18-sqlite3', '0.11.91-postgres', '0.12.3-mysql'])('%s', (name) => {
    const from = name.split('-')[0] ?? '';
    const document = IniDocument.parse(fixture(`${name}.ini`), {
      inlineComments: GOGS.settings.readsInlineComments(from),
    });
    upgradeSettings(document, { from, to: '0.13.0' }, GOGS.settings);
    const byHand = fixture(`${name}.gogs-0.13.0.ini`).toString();
    // The one name that was missed by hand: checkInvalidOptions in internal/conf/static.go@v0.14.0 complains about it.
    expect(document.toBuffer().toString()).toBe(
      byHand.replace('\nENABLE_CAPTCHA = ', '\nENABLE_REGISTRATION_CAPTCHA = '),
    );
  });

  test('a second run changes nothing and reports nothing', () => {
    const document = IniDocument.parse(fixture('0.12.3-mysql.ini'));
    upgradeSettings(document, { from: '0.12.3', to: '0.14.3' }, GOGS.settings);
    const once = document.toBuffer();
    expect(upgradeSettings(document, { from: '0.12.3', to: '0.14.3' }, GOGS.settings)).toEqual([]);
    expect(document.toBuffer()).toEqual(once);
  });
});

describe('renaming', () => {
  test.each([
    ['APP_NAME = `a;b`', 'BRAND_NAME = `a;b`'],
    ['[server]\nROOT_URL=http://x', '[server]\nEXTERNAL_URL=http://x'],
    ['[server]\nLANDING_PAGE = explore', '[server]\nLANDING_URL = /explore'],
    ['[server]\nLANDING_PAGE = home', '[server]\nLANDING_URL = /'],
    ['[database]\nDB_TYPE = mysql\nPASSWD = """x"""', '[database]\nTYPE = mysql\nPASSWORD = """x"""'],
    ['[mailer]\nPASSWD = x', '[email]\nPASSWORD = x'],
    ['[service]\nACTIVE_CODE_LIVE_MINUTES = 1', '[auth]\nACTIVATE_CODE_LIVES = 1'],
    ['[service]\nRESET_PASSWD_CODE_LIVE_MINUTES = 1', '[auth]\nRESET_PASSWORD_CODE_LIVES = 1'],
    ['[service]\nREGISTER_EMAIL_CONFIRM = true', '[auth]\nREQUIRE_EMAIL_CONFIRMATION = true'],
    ['[service]\nENABLE_CAPTCHA = false', '[auth]\nENABLE_REGISTRATION_CAPTCHA = false'],
    ['[service]\nENABLE_NOTIFY_MAIL = true\n[user]\n', '[auth]\n[user]\nENABLE_EMAIL_NOTIFICATION = true\n'],
    [
      '[auth]\n[security]\nREVERSE_PROXY_AUTHENTICATION_USER = X-U\nA = b\n',
      '[auth]\nREVERSE_PROXY_AUTHENTICATION_HEADER = X-U\n[security]\nA = b\n',
    ],
    ['[session]\nGC_INTERVAL_TIME = 1\nSESSION_LIFE_TIME = 2', '[session]\nGC_INTERVAL = 1\nMAX_LIFE_TIME = 2'],
  ])('%j becomes %j', (before, after) => {
    expect(upgrade(before).text).toBe(after);
    expect(upgrade(before, { to: '0.14.3' }).text).toBe(after);
  });

  test('[attachment] ENABLE is renamed only in files of releases that read it', () => {
    const text = '[attachment]\nENABLE = false\n';
    expect(upgrade(text, { from: '0.11.4', to: '0.13.0' }).text).toBe('[attachment]\nENABLED = false\n');
    expect(upgrade(text).text).toBe(text);
    expect(upgrade(text).changes).toMatchObject([{ kind: 'unread', name: { key: 'ENABLE' } }]);
  });

  test('a file of 0.13 keeps stale old names, which had no effect there', () => {
    const text = '[database]\nTYPE = mysql\nDB_TYPE = postgres\n[mailer]\nENABLED = true\n';
    const { text: after, changes } = upgrade(text, { from: '0.13.0', to: '0.14.3' });
    expect(after).toBe(text);
    expect(changes.map(({ kind, name }) => [kind, name.section])).toEqual([
      ['unread', 'mailer'],
      ['unread', 'database'],
    ]);
  });

  test('settings without a successor are kept and reported', () => {
    const { text, changes } = upgrade('[mailer]\nSEND_BUFFER_LEN = 9\n');
    expect(text).toBe('[email]\nSEND_BUFFER_LEN = 9\n');
    expect(changes.map(formatChange)).toContainEqual(expect.stringMatching(/^\[email\] SEND_BUFFER_LEN is not read: /));
  });
});

describe('if old and new names both occur, the value that 0.12 used is kept', () => {
  test.each([
    ['a text that is set', '[database]\nTYPE = mysql\nDB_TYPE = postgres\n', '[database]\nTYPE = postgres\n'],
    ['an empty text', '[database]\nPASSWORD = a\nPASSWD =\n', '[database]\nPASSWORD = a\n'],
    ['a number', '[session]\nMAX_LIFE_TIME = 1\nSESSION_LIFE_TIME = 2\n', '[session]\nMAX_LIFE_TIME = 2\n'],
    ['zero', '[session]\nMAX_LIFE_TIME = 1\nSESSION_LIFE_TIME = 0\n', '[session]\nMAX_LIFE_TIME = 1\n'],
    [
      'a switch that is on',
      '[auth]\nENABLE_REGISTRATION_CAPTCHA = no\nENABLE_CAPTCHA = on\n',
      '[auth]\nENABLE_REGISTRATION_CAPTCHA = on\n',
    ],
    [
      'a switch that is off',
      '[auth]\nENABLE_REGISTRATION_CAPTCHA = yes\nENABLE_CAPTCHA = off\n',
      '[auth]\nENABLE_REGISTRATION_CAPTCHA = yes\n',
    ],
    ['a landing page', '[server]\nLANDING_URL = /x\nLANDING_PAGE = home\n', '[server]\nLANDING_URL = /x\n'],
  ])('%s', (_, before, after) => {
    const { text, changes } = upgrade(before);
    expect(text).toBe(after);
    expect(changes.filter(({ kind }) => kind === 'dropped')).toHaveLength(1);
  });

  test('[mailer] and [email] merge, the old section first, regardless of their order in the file', () => {
    const mailer = '[mailer]\nHOST = old\nUSER =\n; why\nFROM = f\n';
    const email = '[email]\nHOST = new\nUSER = u\nHELO_HOSTNAME = h\n';
    for (const text of [mailer + email, email + mailer]) {
      const { document } = upgrade(text);
      const again = IniDocument.parse(document.toBuffer());
      const values = ['HOST', 'USER', 'FROM', 'HELO_HOSTNAME'].map((key) => again.get('email', key));
      expect(values).toEqual(['old', 'u', 'f', 'h']);
      expect(again.sections()).toEqual(['email']);
      expect(document.toBuffer().toString()).toContain('; why\nFROM = f\n');
    }
  });
});

describe('texts that would be read differently', () => {
  test('references follow a renamed setting, and all other bytes of the value are kept', () => {
    const before = 'APP_NAME = x\n[mailer]\nSUBJECT_PREFIX = """[%(APP_NAME)s] """\n[log.slack]\nU = %(APP_NAMES)s\n';
    const after = 'BRAND_NAME = x\n[email]\nSUBJECT_PREFIX = """[%(BRAND_NAME)s] """\n[log.slack]\nU = %(APP_NAMES)s\n';
    expect(upgrade(before).text).toBe(after);
  });

  test('a value that is not UTF-8 keeps its bytes when a part of it changes', () => {
    const document = IniDocument.parse(Buffer.from('[database]\nPASSWD = caf\xe9$x\n', 'latin1'));
    upgradeSettings(document, { from: '0.12.3', to: '0.14.3' }, GOGS.settings);
    expect(document.toBuffer().toString('latin1')).toContain('PASSWORD = caf\xe9%(LITERAL_DOLLAR)sx\n');
  });

  test('a comment after a value of an old file does not become part of the value', () => {
    const old = '[server]\nHTTP_PORT = 3000 ; behind the proxy\n';
    expect(upgrade(old, { from: '0.11.53', to: '0.13.0' }).text).toBe(
      '[server]\n; behind the proxy\nHTTP_PORT = 3000\n',
    );
    expect(upgrade(old, { from: '0.11.91', to: '0.13.0' }).text).toBe(old);
  });

  test('a dollar sign stays literal for a target that expands environment variables, and is unchanged for others', () => {
    const text = '[database]\nPASSWD = pa$word$\n[server]\nDOMAIN = cost$ -only\n';
    expect(upgrade(text, { from: '0.12.3', to: '0.13.0' }).text).toContain('PASSWORD = pa$word$\n');
    expect(upgrade(text, { from: '0.14.0', to: '0.14.3' }).text).toBe(text);
    const { document, text: after } = upgrade(text, { from: '0.12.3', to: '0.14.3' });
    expect(document.get('database', 'PASSWORD')).toBe('pa%(LITERAL_DOLLAR)sword%(LITERAL_DOLLAR)s');
    expect(document.get('', 'LITERAL_DOLLAR')).toBe('$');
    expect(after).toContain('DOMAIN = cost$ -only\n');
  });
});

describe('defaults that changed in 0.12', () => {
  const versions = { from: '0.11.91', to: '0.13.0' };

  test('are written out if a file relied on them', () => {
    expect(upgrade('[database]\nNAME = gogs\n', versions).text).toBe(
      '[database]\nNAME = gogs\nTYPE = mysql\nHOST = 127.0.0.1:3306\nUSER = root\n',
    );
    expect(upgrade('[mailer]\nENABLED = true\nUSER = a@b.example\n', versions).text).toBe(
      '[email]\nENABLED = true\nUSER = a@b.example\nFROM = a@b.example\n',
    );
    expect(upgrade('[mailer]\nENABLED = true\nFROM = a@b.example\n', versions).text).toBe(
      '[email]\nENABLED = true\nFROM = a@b.example\nUSER = \n',
    );
  });

  test('are not written if they did not matter, or for files of 0.12 or an unknown version', () => {
    const sqlite = '[database]\nTYPE = sqlite3\n[email]\nENABLED = false\n';
    expect(upgrade(sqlite, versions).text).toBe(sqlite);
    expect(upgrade('', versions).text).toBe('');
    const text = '[database]\nNAME = gogs\n';
    expect(upgrade(text, { from: '0.12.0', to: '0.13.0' }).text).toBe(text);
    expect(upgrade(text, { to: '0.13.0' }).text).toBe(text);
  });
});

describe('reports', () => {
  test('of changes contain no values', () => {
    const { changes } = upgrade('[database]\nPASSWD = hunter$2\nPASSWORD = hunter3\n', { to: '0.14.3' });
    expect(changes.length).toBeGreaterThan(2);
    expect(changes.map(formatChange).join() + JSON.stringify(changes)).not.toMatch(/hunter/);
  });

  test.each([
    ['database.PASSWORD', 'x', '[database] PASSWORD = ********'],
    ['database.PASSWD', '', '[database] PASSWD = '],
    ['security.SECRET_KEY', 'x', '[security] SECRET_KEY = ********'],
    ['session.PROVIDER_CONFIG', 'password=x', '[session] PROVIDER_CONFIG = ********'],
    ['log.slack.URL', 'https://hooks.example.com/T0', '[log.slack] URL = ********'],
    ['server.EXTERNAL_URL', 'http://u:p@x/', '[server] EXTERNAL_URL = http://********@x/'],
    ['BRAND_NAME', 'x', 'BRAND_NAME = x'],
  ])('%s = %s is shown as %s', (name, value, shown) => {
    expect(formatSetting(splitName(name), value)).toBe(shown);
  });
});
