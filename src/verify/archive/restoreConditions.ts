/** The conditions that `gogs restore` checks before it reads a row: runRestore in internal/cmd/restore.go@v0.13.0 */

import { InputError } from '../../core/errors.js';
import type { Notice } from '../../core/findings.js';
import { IniDocument } from '../../formats/ini/IniDocument.js';
import { CONFIG, DATABASE, METADATA, REPOSITORIES, ROOT } from '../../gogs/layout.js';
import { type BackupMetadata, readMetadata } from '../../gogs/metadata.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import { compareVersions, parseVersion } from '../../gogs/versions.js';
import { failure, information } from '../findings/notices.js';
import { texts } from '../texts.js';

/** Undefined, after reporting it, if the file is missing or invalid. */
export function checkMetadata(
  content: Buffer | undefined,
  notice: (notice: Notice) => void,
): BackupMetadata | undefined {
  if (content === undefined) {
    const words = texts().noMetadata;
    notice(failure('no-metadata', { title: words.title({ name: METADATA }), consequence: words.consequence }));
    return undefined;
  }
  try {
    return readMetadata(IniDocument.parse(content, { inlineComments: true }, 'metadata.ini'));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    notice(failure('bad-metadata', { title: error.message, consequence: texts().badMetadata }));
    return undefined;
  }
}

export function checkVersion(metadata: BackupMetadata, target: Target, notice: (notice: Notice) => void): void {
  const { gogsVersion } = metadata;
  // Every later patch release of the target can restore backups of its first one.
  const [own, newest] = [parseVersion(gogsVersion), parseVersion(target.firstRelease)];
  if (own === undefined || newest === undefined) return;
  const title = texts().madeBy({ version: gogsVersion });
  const release = target.name;
  if (own.major > newest.major || (own.major === newest.major && own.minor > newest.minor)) {
    notice(failure('newer-version', { title, consequence: texts().newerVersion({ release }) }));
  } else if (compareVersions(gogsVersion, target.firstRelease) < 0) {
    const { consequence, remedy } = texts().olderVersion;
    notice(failure('older-version', { title, consequence: consequence({ release }), remedy }));
  }
}

/**
 * `names`: the names of all entries. `target`: the release that restores them. `filesOnly`: the database is moved separately.
 */
export function checkNames(
  names: ReadonlySet<string>,
  { target, filesOnly }: { readonly target: Target; readonly filesOnly: boolean },
  notice: (notice: Notice) => void,
): void {
  const has = (prefix: string): boolean => [...names].some((name) => name.startsWith(prefix));
  const missing = target.tables.filter(({ type }) => !names.has(`${DATABASE}${type}.json`));
  const words = texts();
  if (missing.length === target.tables.length) {
    const { title, consequence, loadSql, remedy } = words.filesAlone;
    notice(
      filesOnly
        ? information('files-alone', { title, remedy: loadSql, consequence })
        : failure('files-alone', { title, consequence, remedy }),
    );
  } else {
    for (const { type } of missing) {
      notice({ ...failure('table-missing', words.tableMissing), place: `${type}.json` });
    }
  }
  const hasFiles = has(`${ROOT}data/`) || names.has(REPOSITORIES);
  if (!has(`${ROOT}custom/`)) {
    const { title, consequence } = words.noCustom;
    notice(
      hasFiles
        ? failure('no-custom', { title: title({ folder: `${ROOT}custom/` }), consequence })
        : information('database-only', words.databaseOnly),
    );
  } else if (!names.has(CONFIG)) {
    const { title, remedy } = words.noConfig;
    notice(information('no-config', { title: title({ name: CONFIG }), remedy }));
  }
}
