/** Danger: settings under names that the target does not read. Reports what was done with each; changes nothing itself. */
import { type Danger, danger } from '../../core/danger.js';
import type { Notice } from '../../core/findings.js';
import { formatChange, type SettingChange } from '../../gogs/settings/upgradeSettings.js';
import type { SettingsToCheck } from '../Check.js';
import { texts } from './texts.js';

const BY_KIND: Record<SettingChange['kind'], Danger> = {
  renamed: danger({
    code: 'setting-renamed',
    severity: 'info',
    words: () => texts().renamed,
    needsHand: false,
    source: 'internal/conf/static.go@v0.12.11: handleDeprecated, which is gone in v0.13.0',
  }),
  dropped: danger({
    code: 'setting-dropped',
    severity: 'info',
    words: () => texts().dropped,
    needsHand: false,
    source: 'internal/conf/static.go@v0.12.11: handleDeprecated, which is gone in v0.13.0',
  }),
  rewritten: danger({
    code: 'setting-rewritten',
    severity: 'info',
    words: () => texts().rewritten,
    needsHand: false,
    source: 'internal/conf/conf.go: how Init of each release reads the file',
  }),
  added: danger({
    code: 'setting-added',
    severity: 'info',
    words: () => texts().added,
    needsHand: false,
    source: 'conf/app.ini of the release that wrote the file, and of the target',
  }),
  unread: danger({
    code: 'setting-unread',
    severity: 'info',
    words: () => texts().unread,
    needsHand: false,
    source: 'internal/conf/static.go of the target',
  }),
};

export function settingsRenamed({ changes }: Pick<SettingsToCheck, 'changes'>): Notice[] {
  return changes.map((change) => ({ ...BY_KIND[change.kind], place: formatChange(change) }));
}
