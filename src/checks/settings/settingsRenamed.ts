/** Danger: settings under names that the target does not read. Reports what happened to each; changes nothing itself. */
import type { Notice } from '../../core/findings.js';
import { formatChange, type SettingChange } from '../../gogs/settings/upgradeSettings.js';

const BY_KIND: Record<SettingChange['kind'], Omit<Notice, 'place'>> = {
  renamed: {
    code: 'setting-renamed',
    severity: 'info',
    title: 'Settings in app.ini go by a new name',
    consequence: 'Under its old name Gogs ignores a setting and takes its default, without a word.',
    remedy: 'Renamed; the values are the same.',
    needsHand: false,
    source: 'internal/conf/static.go@v0.12.11: handleDeprecated, which is gone in v0.13.0',
  },
  dropped: {
    code: 'setting-dropped',
    severity: 'info',
    title: 'Settings in app.ini stand there under both their old and their new name',
    consequence: 'Gogs 0.12 obeyed one of the two, later versions only know the new name.',
    remedy: 'Kept the value that Gogs 0.12 obeyed, and removed the other.',
    needsHand: false,
    source: 'internal/conf/static.go@v0.12.11: handleDeprecated, which is gone in v0.13.0',
  },
  rewritten: {
    code: 'setting-rewritten',
    severity: 'info',
    title: 'Settings in app.ini would mean something else to the new version',
    consequence: 'Gogs would read another value than before.',
    remedy: 'Rewritten so that the value is read as before.',
    needsHand: false,
    source: 'internal/conf/conf.go: how Init of each release reads the file',
  },
  added: {
    code: 'setting-added',
    severity: 'info',
    title: 'Settings that app.ini leaves to a default which has changed',
    consequence: 'Gogs would take its new default.',
    remedy: 'Wrote the old default into app.ini.',
    needsHand: false,
    source: 'conf/app.ini of the release that wrote the file, and of the target',
  },
  unread: {
    code: 'setting-unread',
    severity: 'info',
    title: 'Settings in app.ini that Gogs does not read',
    consequence: 'They have no effect.',
    remedy: 'Left as they are; delete them when you next edit the file.',
    needsHand: false,
    source: 'internal/conf/static.go of the target',
  },
};

export function settingsRenamed(changes: readonly SettingChange[]): Notice[] {
  return changes.map((change) => ({ ...BY_KIND[change.kind], place: formatChange(change) }));
}
