/** An input has to prove that it is whole: every table that its release writes is there. */
import type { Notice } from '../core/findings.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { existsIn, type Table } from '../gogs/tables.js';
import type { Origin } from './identify.js';
import type { Source } from './Source.js';

/** Without these somebody cannot sign in, reach a repository, or read what was written. The others are logs and conveniences. */
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

/** Says which tables are missing, and where the schema version was guessed or cannot be right. */
export function judgeWholeness(source: Source, origin: Origin, history: GogsHistory): Notice[] {
  const there = new Set(source.tables.map(({ table }) => table));
  const expected = tablesOf(origin, history);
  // Whether the version row is there is said below.
  const missing = expected.filter((table) => !there.has(table) && table.name !== 'version');
  return [...missing.map((table) => missingTable(table, source)), ...judgeVersion(source, origin)];
}

/** A schema version may be that of several releases: those tables count that all of them have. */
function tablesOf({ gogsVersion, schema }: Origin, history: GogsHistory): readonly Table[] {
  const release = gogsVersion ?? history.firstReleaseOf(schema);
  return history.tables.filter((table) => existsIn(table, release));
}

function missingTable(table: Table, source: Source): Notice {
  const isNeeded = NEEDED.has(table.name);
  const namesake = source.foreignTables.find(
    ({ name, lacks = [] }) => lacks.length > 0 && name.toLowerCase() === table.name,
  );
  const place = source.form === 'gogs backup' ? `db/${table.type}.json` : table.name;
  return {
    code: 'missing-table',
    severity: isNeeded ? 'error' : 'warning',
    title: isNeeded ? 'The input lacks tables that the new server needs' : 'The input lacks tables',
    consequence: 'They come out empty: what the old server had in them is lost.',
    remedy:
      'Find out why: a dump of single tables, a backup that was cut short, an export of chosen tables. Use one that has them all.',
    needsHand: isNeeded,
    source: SOURCE,
    place: namesake === undefined ? place : `${place} (there is one that lacks ${(namesake.lacks ?? []).join(', ')})`,
  };
}

function judgeVersion(source: Source, { schema, schemaIsStated, impliedSchema, gogsVersion }: Origin): Notice[] {
  const isThere = source.tables.some(({ table }) => table.name === 'version');
  const by = gogsVersion === undefined ? 'its columns' : `its release, ${gogsVersion}`;
  if (!schemaIsStated) {
    return [
      {
        code: 'schema-guessed',
        severity: 'warning',
        title: `Table version ${isThere ? 'is empty' : 'is missing'}: the schema version is taken to be ${schema} by ${by}`,
        consequence:
          'A wrong guess would leave out, or leave in, rows that Gogs deleted in between. The missing row is added.',
        remedy: 'If you know that it is another one, put the row (1, VERSION) into table version of the input.',
        needsHand: false,
        source: 'internal/db/migrations/migrations.go@v0.13.0: Migrate',
      },
    ];
  }
  if (impliedSchema === undefined || impliedSchema <= schema) return [];
  return [
    {
      code: 'schema-contradicted',
      severity: 'warning',
      title: `Table version says ${schema}, but ${by} ${gogsVersion === undefined ? 'are those' : 'is one'} of ${impliedSchema}`,
      consequence: `Rows are treated as those of ${schema}: what Gogs deleted on the way to ${impliedSchema} is left out.`,
      remedy: `If the number was changed by hand, set it back to ${impliedSchema} in the input.`,
      needsHand: false,
      source: 'internal/db/migrations/migrations.go@v0.13.0: Migrate',
    },
  ];
}
