/** What `gogs restore` asks of an archive before it looks at a row: runRestore in internal/cmd/restore.go@v0.13.0 */

import { InputError } from '../core/errors.js';
import type { Notice } from '../core/findings.js';
import { IniDocument } from '../formats/ini/IniDocument.js';
import { CONFIG, DATABASE, METADATA, REPOSITORIES, ROOT } from '../gogs/layout.js';
import { type BackupMetadata, readMetadata } from '../gogs/metadata.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import { compareVersions, parseVersion } from '../gogs/versions.js';
import { notHeld, toKnow } from './notices.js';

/** Undefined, with a notice, when the file is missing or makes no sense. */
export function checkMetadata(
  content: Buffer | undefined,
  notice: (notice: Notice) => void,
): BackupMetadata | undefined {
  if (content === undefined) {
    notice(
      notHeld(
        'no-metadata',
        `The archive has no ${METADATA}`,
        'gogs restore stops: "File \'metadata.ini\' is missing".',
      ),
    );
    return undefined;
  }
  try {
    return readMetadata(IniDocument.parse(content, { inlineComments: true }, 'metadata.ini'));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    notice(notHeld('bad-metadata', error.message, 'gogs restore stops before it has changed anything.'));
    return undefined;
  }
}

export function checkVersion(metadata: BackupMetadata, target: Target, notice: (notice: Notice) => void): void {
  const { gogsVersion } = metadata;
  // Any later patch release of the target restores its first one.
  const [own, newest] = [parseVersion(gogsVersion), parseVersion(target.firstRelease)];
  if (own === undefined || newest === undefined) return;
  if (own.major > newest.major || (own.major === newest.major && own.minor > newest.minor)) {
    notice(
      notHeld(
        'newer-version',
        `metadata.ini says that Gogs ${gogsVersion} made it`,
        `Gogs ${target.name} refuses the backup of a newer version.`,
      ),
    );
  } else if (compareVersions(gogsVersion, target.firstRelease) < 0) {
    notice(
      notHeld(
        'older-version',
        `metadata.ini says that Gogs ${gogsVersion} made it`,
        `Its rows have not the shape that Gogs ${target.name} reads: values are lost or the restore stops.`,
        'Upgrade the archive first, and verify what comes out.',
      ),
    );
  }
}

/** `names`: of every entry. `target`: restores it. `filesOnly`: its database is brought by other means. */
export function checkNames(
  names: ReadonlySet<string>,
  { target, filesOnly }: { readonly target: Target; readonly filesOnly: boolean },
  notice: (notice: Notice) => void,
): void {
  const has = (prefix: string): boolean => [...names].some((name) => name.startsWith(prefix));
  const missing = target.tables.filter(({ type }) => !names.has(`${DATABASE}${type}.json`));
  const title = 'Tables have no file in the archive';
  if (missing.length === target.tables.length) {
    const consequence = 'A restore brings the files and leaves the database as it finds it.';
    notice(
      filesOnly
        ? toKnow('files-alone', 'The archive holds no table', 'Load the SQL that belongs to it first.', consequence)
        : notHeld(
            'files-alone',
            'The archive holds no table',
            consequence,
            'If its database comes as SQL, verify it with --files-only. Otherwise make the archive anew, from an input that has a database.',
          ),
    );
  } else
    for (const { type } of missing) {
      notice({
        ...notHeld('table-missing', title, 'A restore leaves such a table as it finds it: its rows are not there.'),
        place: `${type}.json`,
      });
    }
  const hasFiles = has(`${ROOT}data/`) || names.has(REPOSITORIES);
  if (!has(`${ROOT}custom/`)) {
    if (hasFiles) {
      notice(
        notHeld(
          'no-custom',
          `The archive has files, but no ${ROOT}custom/`,
          'gogs restore stops after it has renamed the custom folder of the server: "Failed to import \'custom\'".',
        ),
      );
    } else {
      notice(
        toKnow(
          'database-only',
          'The archive holds the database alone',
          'Restore it with --database-only and --config.',
        ),
      );
    }
  } else if (!names.has(CONFIG)) {
    notice(toKnow('no-config', `The archive has no ${CONFIG}`, 'Restore it with --config.'));
  }
}
