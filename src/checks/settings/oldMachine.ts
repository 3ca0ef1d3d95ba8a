/** Danger: absolute paths and hosts in app.ini that exist only on the old machine. Relative paths: relativePaths.ts. */
import { danger } from '../../core/danger.js';
import type { Notice } from '../../core/findings.js';
import { isAbsolutePath, isWindowsPath } from '../../gogs/settings/facts.js';
import { formatSetting } from '../../gogs/settings/names.js';
import type { SettingsToCheck } from '../Check.js';
import { texts } from './texts.js';

const ABSOLUTE_PATH = danger({
  code: 'absolute-path',
  severity: 'info',
  words: () => texts().absolutePath,
  needsHand: false,
  source:
    'internal/conf/conf.go@v0.13.0: Init creates [server] SSH_ROOT_PATH; internal/db/models.go@v0.13.0: SetEngine creates xorm.log in [log] ROOT_PATH',
});

const WINDOWS_PATH = danger({
  code: 'absolute-path',
  severity: 'warning',
  words: () => texts().windowsPath,
  needsHand: false,
  source: ABSOLUTE_PATH.source,
});

const REMOTE_HOST = danger({
  code: 'remote-host',
  severity: 'info',
  words: () => texts().remoteHost,
  needsHand: false,
  source: 'internal/db/models.go@v0.13.0: SetEngine; internal/db/backup.go@v0.13.0: ImportDatabase',
});

const LOCAL_HOST = /^(?:$|\/|(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[?::1?\]?)(?:[:,]\d+)?$)/i;

export function oldMachine({ facts }: Pick<SettingsToCheck, 'facts'>): Notice[] {
  const paths = facts.paths.filter(({ value }) => isAbsolutePath(value));
  const hosts = facts.hosts.filter(({ value }) => !LOCAL_HOST.test(value));
  return [
    ...paths.map(({ name, value }) => ({
      ...(isWindowsPath(value) ? WINDOWS_PATH : ABSOLUTE_PATH),
      place: formatSetting(name, value),
    })),
    ...hosts.map(({ name, value }) => ({ ...REMOTE_HOST, place: formatSetting(name, value) })),
  ];
}
