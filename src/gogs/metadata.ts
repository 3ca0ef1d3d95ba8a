/**
 * metadata.ini of a backup: `VERSION` (of the format), `DATE_TIME`, `GOGS_VERSION`. Gogs loads it with inline comments enabled
 * (`ini.Load` in internal/cmd/restore.go@v0.13.0). Does no I/O.
 */
import { InputError } from '../core/errors.js';
import type { SettingsDocument } from './settings/names.js';
import { texts } from './texts.js';
import { parseVersion } from './versions.js';

/** The only format version that any release wrote or read. */
const BACKUP_FORMAT_VERSION = 1;

export interface BackupMetadata {
  readonly formatVersion: number;
  /** In Go's print format: `2026-11-22 13:30:29.029753425 +0000 UTC m=+0.013704446`. */
  readonly dateTime: string | undefined;
  /** As written, up to 0.11 with a build suffix: `0.10.18.0313`. */
  readonly gogsVersion: string;
}

/** Throws InputError if a value is missing or invalid. */
export function readMetadata(document: SettingsDocument): BackupMetadata {
  const version = document.get('', 'VERSION');
  const gogsVersion = document.get('', 'GOGS_VERSION');
  if (version === undefined || gogsVersion === undefined) {
    const missing = version === undefined ? 'VERSION' : 'GOGS_VERSION';
    throw new InputError(texts().metadata.missing({ key: missing }));
  }
  if (version !== String(BACKUP_FORMAT_VERSION)) {
    throw new InputError(
      texts().metadata.otherFormat({ version: JSON.stringify(version), known: BACKUP_FORMAT_VERSION }),
    );
  }
  if (parseVersion(gogsVersion) === undefined) {
    throw new InputError(texts().metadata.notAVersion({ version: JSON.stringify(gogsVersion) }));
  }
  return { formatVersion: BACKUP_FORMAT_VERSION, dateTime: document.get('', 'DATE_TIME'), gogsVersion };
}

/** Sets the version that the restore reads; everything else is unchanged. */
export function upgradeMetadata(document: SettingsDocument, gogsVersion: string): void {
  document.set('', 'GOGS_VERSION', gogsVersion);
}

/**
 * `2026-11-22 13:30:29.029753425 +0000 UTC m=+0.013704446`, as Go prints a time, in ISO 8601 to the second:
 * `2026-11-22T13:30:29Z`. Null for anything else.
 */
export function isoDate(goTime: string): string | null {
  const [, date, time, sign = '+', hours = '00', minutes = '00'] =
    /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.\d+)?(?: ?(?:Z|([+-])(\d{2}):?(\d{2})))(?: |$)/.exec(goTime) ?? [];
  if (date === undefined || time === undefined) return null;
  return `${date}T${time}${hours === '00' && minutes === '00' ? 'Z' : `${sign}${hours}:${minutes}`}`;
}
