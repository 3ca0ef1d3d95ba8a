/** Danger: uploads in another place than the data folder, the only one that a backup and a restore know. */
import { danger } from '../../core/danger.js';
import type { Notice } from '../../core/findings.js';
import { formatSetting } from '../../gogs/settings/names.js';
import { UPLOAD_SETTINGS } from '../../gogs/settings/uploadSettings.js';
import type { SettingsToCheck } from '../Check.js';
import { texts } from './texts.js';

const DATA_PATH = danger({
  code: 'data-path',
  severity: 'warning',
  words: () => texts().dataPath,
  needsHand: true,
  source: 'internal/cmd/backup.go, internal/cmd/restore.go@v0.13.0: conf.Server.AppDataPath',
});

/** The folders by their settings. No backup contains LFS objects anyway. */
const FOLDERS: ReadonlyMap<string, string> = new Map(
  Object.entries(UPLOAD_SETTINGS).flatMap(([folder, name]) =>
    folder === 'lfs-objects' ? [] : [[name, folder] as const],
  ),
);

export function dataPaths({ facts }: Pick<SettingsToCheck, 'facts'>): Notice[] {
  const data = segments(facts.appDataPath || 'data');
  return facts.paths
    .filter(({ name, value }) => {
      const folder = FOLDERS.get(`${name.section}.${name.key}`);
      // A relative path and an absolute one can be the same place: the work directory is unknown.
      return folder !== undefined && !areSame(segments(value), [...data, folder]);
    })
    .map(({ name, value }) => ({ ...DATA_PATH, place: formatSetting(name, value) }));
}

const segments = (path: string): string[] => path.split(/[/\\]+/).filter((part) => part !== '' && part !== '.');

/** Whether the shorter path is the end of the longer one. */
function areSame(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(-length).join('/') === b.slice(-length).join('/');
}
