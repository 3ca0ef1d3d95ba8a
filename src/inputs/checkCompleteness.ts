/** Checks that an input is complete: every table that its release writes must be present. */
import type { Notice } from '../core/findings.js';
import { listed } from '../core/language.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { existsIn, type Table } from '../gogs/tables.js';
import type { Origin } from './identify.js';
import type { Source } from './Source.js';
import { texts } from './texts.js';

/**
 * Without these tables, someone cannot sign in, reach a repository, or read what was written. The others are logs and
 * conveniences.
 */
const NEEDED: ReadonlySet<string> = new Set([
  'user',
  'email_address',
  'login_source',
  'two_factor',
  'public_key',
  'access_token',
  'repository',
  'access',
  'collaboration',
  'deploy_key',
  'protect_branch',
  'protect_branch_whitelist',
  'team',
  'team_user',
  'team_repo',
  'org_user',
  'issue',
  'pull_request',
  'comment',
  'attachment',
  'label',
  'issue_label',
  'milestone',
  'release',
  'webhook',
  'lfs_object',
]);

const SOURCE = 'models of each release: the tables that it creates and backs up';

/** Reports missing tables, and a schema version that was inferred or cannot be right. */
export function checkCompleteness(source: Source, origin: Origin, history: GogsHistory): Notice[] {
  const there = new Set(source.tables.map(({ table }) => table));
  const expected = tablesOf(origin, history);
  // A missing version row is reported below.
  const missing = expected.filter((table) => !there.has(table) && table.name !== 'version');
  return [...missing.map((table) => missingTable(table, source)), ...checkSchemaVersion(source, origin)];
}

/** Several releases may share a schema version; only the tables that all of them have are expected. */
function tablesOf({ gogsVersion, schema }: Origin, history: GogsHistory): readonly Table[] {
  const release = gogsVersion ?? history.firstReleaseOf(schema);
  return history.tables.filter((table) => existsIn(table, release));
}

function missingTable(table: Table, source: Source): Notice {
  const words = texts().missingTable;
  const isNeeded = NEEDED.has(table.name);
  const namesake = source.foreignTables.find(
    ({ name, lacks = [] }) => lacks.length > 0 && name.toLowerCase() === table.name,
  );
  const place = source.form === 'gogs backup' ? `db/${table.type}.json` : table.name;
  return {
    code: 'missing-table',
    severity: isNeeded ? 'error' : 'warning',
    title: isNeeded ? words.titleOfNeeded : words.title,
    consequence: words.consequence,
    remedy: words.remedy,
    needsHand: isNeeded,
    source: SOURCE,
    place: namesake === undefined ? place : words.namesake({ table: place, columns: listed(namesake.lacks ?? []) }),
  };
}

function checkSchemaVersion(source: Source, { schema, schemaIsStated, impliedSchema, gogsVersion }: Origin): Notice[] {
  const isThere = source.tables.some(({ table }) => table.name === 'version');
  if (!schemaIsStated) {
    const { emptyByColumns, missingByColumns, emptyByRelease, missingByRelease, consequence, remedy } =
      texts().schemaGuessed;
    const byColumns = isThere ? emptyByColumns : missingByColumns;
    const byRelease = isThere ? emptyByRelease : missingByRelease;
    return [
      {
        code: 'schema-guessed',
        severity: 'warning',
        title: gogsVersion === undefined ? byColumns({ schema }) : byRelease({ schema, version: gogsVersion }),
        consequence,
        remedy,
        needsHand: false,
        source: 'internal/db/migrations/migrations.go@v0.13.0: Migrate',
      },
    ];
  }
  if (impliedSchema === undefined || impliedSchema <= schema) return [];
  const numbers = { schema, implied: impliedSchema };
  const words = texts().schemaContradicted;
  return [
    {
      code: 'schema-contradicted',
      severity: 'warning',
      title:
        gogsVersion === undefined ? words.byColumns(numbers) : words.byRelease({ ...numbers, version: gogsVersion }),
      consequence: words.consequence(numbers),
      remedy: words.remedy({ implied: impliedSchema }),
      needsHand: false,
      source: 'internal/db/migrations/migrations.go@v0.13.0: Migrate',
    },
  ];
}
