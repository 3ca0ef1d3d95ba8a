/** Builds the findings of a verification. */
import type { FindingCode } from '../../core/findingCodes.js';
import type { Notice } from '../../core/findings.js';
import { formatMonth } from '../../core/format.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import { texts } from '../texts.js';

const READS_ROWS = 'internal/db/backup.go@v0.13.0: importTable, importLegacyTables';
const RESTORE = 'internal/cmd/restore.go@v0.13.0: runRestore';
const TRIED = 'tried on the database';
const COMPARED = 'compared with what an upgrade of the input writes';

/** The source of each finding, by code. */
const SOURCES = {
  'no-metadata': RESTORE,
  'bad-metadata': RESTORE,
  'newer-version': RESTORE,
  'older-version': READS_ROWS,
  'other-target': 'the first line of the SQL, which an upgrade writes',
  'definition-differs': 'measured: the schema that each release creates on an empty database',
  'target-assumed': 'internal/db/migrations/migrations.go@v0.13.0: Migrate',
  'preview-target': 'branch main of Gogs as of July 2026 (0.15.0+dev)',
  'files-alone': READS_ROWS,
  'table-missing': READS_ROWS,
  'no-users': 'internal/db/users.go@v0.13.0: UserTypeIndividual',
  'no-custom': RESTORE,
  'database-only': RESTORE,
  'no-config': RESTORE,
  damaged: 'the zip format: APPNOTE.TXT',
  'unfit-value': READS_ROWS,
  'null-key': READS_ROWS,
  'missing-key': READS_ROWS,
  'unreadable-line': READS_ROWS,
  'nul-breaks-row': READS_ROWS,
  'nul-on-postgres': 'PostgreSQL documentation: character types',
  'nul-stripped': READS_ROWS,
  'row-not-restored': READS_ROWS,
  'needs-sql': READS_ROWS,
  'row-without-id': READS_ROWS,
  'token-hash-mismatch': 'internal/db/access_tokens.go@v0.13.0: GetBySHA1',
  'schema-version': 'internal/db/migrations/migrations.go@v0.13.0: Migrate',
  'not-utf8':
    'measured on PostgreSQL 15, MariaDB 10.11 and SQLite; internal/database/backup.go@eb1054e54 (0.15.0+dev) decodes with encoding/json',
  'sql-differs': COMPARED,
  'sql-refused': TRIED,
  'sql-table-differs': TRIED,
  'sql-not-tried': TRIED,
  'sql-row-unexpected': COMPARED,
  'file-unexpected': COMPARED,
  'file-missing': COMPARED,
  'file-different': COMPARED,
  'file-time': COMPARED,
  'config-differs': COMPARED,
  'row-refused': TRIED,
  'database-differs': TRIED,
  'database-damaged': 'https://www.sqlite.org/pragma.html#pragma_integrity_check',
  'table-differs': COMPARED,
  'row-missing': COMPARED,
  'row-unexpected': COMPARED,
  'row-different': COMPARED,
} as const satisfies Readonly<Partial<Record<FindingCode, string>>>;

export type VerificationCode = keyof typeof SOURCES;

interface FailureWords {
  readonly title: string;
  readonly consequence: string;
  /** Default: create the archive again. */
  readonly remedy?: string;
}

/** A check that failed. */
export function failure(code: VerificationCode, { title, consequence, remedy }: FailureWords): Notice {
  const source = SOURCES[code];
  return { code, severity: 'error', title, consequence, remedy: remedy ?? texts().makeAnew, needsHand: true, source };
}

interface InformationWords {
  readonly title: string;
  readonly remedy: string;
  readonly consequence?: string;
}

/** A fact that is good to know but not a failure. */
export function information(code: VerificationCode, { title, remedy, consequence = '' }: InformationWords): Notice {
  return { code, severity: 'info', title, consequence, remedy, needsHand: false, source: SOURCES[code] };
}

/** Reports that the target is not released yet; undefined if it is. */
export function previewNotice({ name, preview }: Target): Notice | undefined {
  if (preview === undefined) return undefined;
  const { title, remedy } = texts().preview;
  const words = { title: title({ release: name, asOf: formatMonth(preview) }), remedy };
  return { ...information('preview-target', words), severity: 'warning' };
}
