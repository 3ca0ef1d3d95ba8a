/** Danger: absolute paths and hosts in app.ini that exist only on the old machine. Relative paths: relativePaths.ts. */
import type { Notice } from '../../core/findings.js';
import { type Facts, isAbsolutePath, isWindowsPath } from '../../gogs/settings/facts.js';
import { formatSetting } from '../../gogs/settings/names.js';

const ABSOLUTE_PATH: Notice = {
  code: 'absolute-path',
  severity: 'info',
  title: 'Absolute paths in app.ini',
  consequence:
    'On another machine Gogs creates them anew, or stops where it may not: "create SSH root directory", "create \'xorm.log\'".',
  remedy: 'If the new machine keeps its files elsewhere, change them: --set section.KEY=path.',
  needsHand: false,
  source:
    'internal/conf/conf.go@v0.13.0: Init creates [server] SSH_ROOT_PATH; internal/db/models.go@v0.13.0: SetEngine creates xorm.log in [log] ROOT_PATH',
};

const WINDOWS_PATH: Notice = {
  ...ABSOLUTE_PATH,
  severity: 'warning',
  title: 'Paths of Windows in app.ini',
  consequence:
    'On Linux and macOS they are names like any other: Gogs makes folders called "C:\\…" below its work directory, and finds nothing in them.',
  remedy: 'If the new server does not run Windows, give its own paths: --set section.KEY=path.',
};

const LOCAL_HOST = /^(?:$|\/|(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[?::1?\]?)(?:[:,]\d+)?$)/i;

export function oldMachine(facts: Facts): Notice[] {
  const paths = facts.paths.filter(({ value }) => isAbsolutePath(value));
  const hosts = facts.hosts.filter(({ value }) => !LOCAL_HOST.test(value));
  return [
    ...paths.map(({ name, value }) => ({
      ...(isWindowsPath(value) ? WINDOWS_PATH : ABSOLUTE_PATH),
      place: formatSetting(name, value),
    })),
    ...hosts.map(
      ({ name, value }): Notice => ({
        code: 'remote-host',
        severity: 'info',
        title: 'Hosts in app.ini',
        consequence:
          'The restore and the server connect to these hosts; the restore replaces the tables it finds there.',
        remedy: 'If the new installation uses others, change them: --set section.KEY=host.',
        needsHand: false,
        source: 'internal/db/models.go@v0.13.0: SetEngine; internal/db/backup.go@v0.13.0: ImportDatabase',
        place: formatSetting(name, value),
      }),
    ),
  ];
}
