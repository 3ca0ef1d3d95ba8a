/** Danger: relative paths in app.ini lead somewhere else once Gogs lives in another folder. Absolute ones: oldMachine.ts. */
import type { Notice } from '../../core/findings.js';
import { type Facts, isAbsolutePath } from '../../gogs/settings/facts.js';
import { formatSetting } from '../../gogs/settings/names.js';

export function relativePaths(facts: Facts): Notice[] {
  return facts.paths
    .filter(({ value }) => !isAbsolutePath(value))
    .map(({ name, value }) => ({
      code: 'relative-path',
      severity: 'info',
      title: 'Relative paths in app.ini',
      consequence: 'They start from the folder of the new installation, which may not be where the old one had them.',
      remedy: 'Check that these folders are where you want them.',
      needsHand: false,
      source: 'internal/conf/utils.go@v0.13.0: ensureAbs',
      place: formatSetting(name, value),
    }));
}
