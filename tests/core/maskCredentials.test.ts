import { expect, test } from '@jest/globals';
import { Findings } from '../../src/core/findings.js';
import { maskCredentials } from '../../src/core/maskCredentials.js';

test.each([
  ['https://alice:secret@host/x', 'https://********@host/x'],
  ['https://token@host/x', 'https://********@host/x'],
  ['redis://:se@cret@host:6379/0', 'redis://********@host:6379/0'],
  ['mysql://root:sec/ret@host', 'mysql://********@host'],
  ['[database] HOST = gogs:secret@db:5432', '[database] HOST = ********@db:5432'],
  ['gogs:secret@tcp(127.0.0.1:3306)/gogs', '********@tcp(127.0.0.1:3306)/gogs'],
  ['from ftp://a:b@c to ftp://d:e@f', 'from ftp://********@c to ftp://********@f'],
])('hides the credentials in %s', (text, masked) => {
  expect(maskCredentials(text)).toBe(masked);
});

test.each([
  'https://host/x',
  'git@host:alice/app.git',
  'alice@example.com',
  '[repository] ROOT = C:\\git@home',
  'Issue id 7: 71,204 bytes',
  '127.0.0.1:3306',
])('leaves %s unchanged', (text) => {
  expect(maskCredentials(text)).toBe(text);
});

test('no finding shows the password of an address', () => {
  const findings = new Findings();
  const notice = {
    code: 'long-row',
    severity: 'info',
    consequence: '',
    remedy: '',
    needsHand: false,
    source: 'x',
  } as const;
  findings.add({ ...notice, title: 'Uses ftp://a:secret@host', place: '[database] HOST = gogs:secret@db' });
  findings.add({ ...notice, title: 'Uses ftp://a:secret@host', place: () => 'https://a:secret@host' });
  expect(findings.list()).toMatchObject([{ count: 2 }]);
  expect(JSON.stringify(findings.list())).not.toContain('secret');
});
