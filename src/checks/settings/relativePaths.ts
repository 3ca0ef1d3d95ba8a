/** Danger: relative paths in app.ini lead elsewhere if Gogs is installed in another folder. Absolute paths: oldMachine.ts. */
import { danger } from '../../core/danger.js';
import type { Notice } from '../../core/findings.js';
import { isAbsolutePath } from '../../gogs/settings/facts.js';
import { formatSetting } from '../../gogs/settings/names.js';
import type { SettingsToCheck } from '../Check.js';
import { texts } from './texts.js';

const RELATIVE_PATH = danger({
  code: 'relative-path',
  severity: 'info',
  words: () => texts().relativePath,
  needsHand: false,
  source: 'internal/conf/utils.go@v0.13.0: ensureAbs',
});

export function relativePaths({ facts }: Pick<SettingsToCheck, 'facts'>): Notice[] {
  return facts.paths
    .filter(({ value }) => !isAbsolutePath(value))
    .map(({ name, value }) => ({ ...RELATIVE_PATH, place: formatSetting(name, value) }));
}
