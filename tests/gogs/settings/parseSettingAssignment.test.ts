import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../../src/core/errors.js';
import { GOGS } from '../../../src/gogs/gogsHistory.js';
import { parseSettingAssignment } from '../../../src/gogs/settings/parseSettingAssignment.js';

describe('parseSettingAssignment', () => {
  test.each([
    ['server.EXTERNAL_URL=http://x/?a=b.c', 'server', 'EXTERNAL_URL', 'http://x/?a=b.c'],
    ['cron.update_mirrors.RUN_AT_START=false', 'cron.update_mirrors', 'RUN_AT_START', 'false'],
    ['BRAND_NAME=x', '', 'BRAND_NAME', 'x'],
    ['database.PASSWORD=', 'database', 'PASSWORD', ''],
    ['i18n.datelang.en-US= en ', 'i18n.datelang', 'en-US', ' en '],
  ])('%s', (text, section, key, value) => {
    expect(parseSettingAssignment(text, GOGS.targetNamed('0.13'))).toEqual({ name: { section, key }, value });
  });

  test.each([
    ['server.EXTERNAL_URL', /expected section\.KEY=value/],
    ['=x', /expected section\.KEY=value/],
    ['server.=x', /expected section\.KEY=value/],
    ['[server]EXTERNAL_URL=x', /without brackets/],
    ['.KEY=x', /write KEY=value/],
    ['server.ROOT_URL=x', /Write server\.EXTERNAL_URL=value/],
    ['mailer.PASSWD=x', /Write email\.PASSWORD=value/],
    ['APP_NAME=x', /Write BRAND_NAME=value/],
  ])('%s is rejected with advice', (text, message) => {
    expect(() => parseSettingAssignment(text, GOGS.targetNamed('0.13'))).toThrow(UsageError);
    expect(() => parseSettingAssignment(text, GOGS.targetNamed('0.13'))).toThrow(message);
  });

  test('the error does not repeat a possible password', () => {
    for (const text of ['database.PASSWORD hunter2', 'database.PASSWORD:hunter2', 'database.PASSWD=hunter2']) {
      expect(() => parseSettingAssignment(text, GOGS.targetNamed('0.13'))).toThrow(UsageError);
      expect(() => parseSettingAssignment(text, GOGS.targetNamed('0.13'))).not.toThrow(/hunter2/);
    }
  });
});
