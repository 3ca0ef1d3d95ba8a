/** Determines the version of an input, and whether it can be upgraded to the target. */

import { InputError, VersionError } from '../core/errors.js';
import { Row } from '../core/rows.js';
import { integerOf } from '../core/values.js';
import type { GogsHistory, Target } from '../gogs/releases/foldReleases.js';
import { columnIndex } from '../gogs/tables.js';
import { compareVersions, parseVersion } from '../gogs/versions.js';
import type { Source } from './Source.js';
import { texts } from './texts.js';

/** The version of an input. */
export interface Origin {
  /** Undefined without metadata. */
  readonly gogsVersion: string | undefined;
  /** From table `version`, or that of the release if the row is missing. */
  readonly schema: number;
  /** True if the input states its schema version. */
  readonly schemaIsStated: boolean;
  /** The schema version inferred from the release or the columns; undefined if both are unknown before the rows are read. */
  readonly impliedSchema: number | undefined;
}

/** Throws VersionError if the input cannot be upgraded to the target, InputError if its version is invalid. */
export async function identify(source: Source, target: Target, signal?: AbortSignal): Promise<Origin> {
  const origin = await originOf(source, target.history, signal);
  refuseOtherVersions(source, origin, target);
  return origin;
}

/** Throws InputError if the version is invalid. */
export async function originOf(source: Source, history: GogsHistory, signal?: AbortSignal): Promise<Origin> {
  const { gogsVersion } = source;
  if (gogsVersion !== undefined && parseVersion(gogsVersion) === undefined) {
    throw new InputError(texts().versions.notAVersion({ input: source.input, version: JSON.stringify(gogsVersion) }));
  }
  const stated = await readSchemaVersion(source, signal);
  const columns = columnsOf(source);
  const byColumns = columns.size === 0 ? undefined : history.schemaOfColumns(columns);
  const implied = gogsVersion === undefined ? byColumns : history.schemaOfRelease(gogsVersion);
  return {
    gogsVersion,
    schema: stated ?? implied ?? history.oldestSchema,
    schemaIsStated: stated !== undefined,
    impliedSchema: implied,
  };
}

/** Every column that is known before the rows are read, as `table.column`. */
function columnsOf(source: Source): Set<string> {
  return new Set(
    source.tables.flatMap(({ table, columns = [] }) => columns.map((column) => `${table.name}.${column}`)),
  );
}

async function readSchemaVersion(source: Source, signal?: AbortSignal): Promise<number | undefined> {
  const version = source.tables.find(({ table }) => table.name === 'version');
  if (version === undefined) return undefined;
  let stated: number | undefined;
  const [id, number] = [columnIndex(version.table, 'id'), columnIndex(version.table, 'version')];
  const consumer = {
    row(row: Row): void {
      // Gogs reads only the row with id 1: internal/db/migrations/migrations.go@v0.13.0
      if (integerOf(row.cell(id)) === 1) stated = integerOf(row.cell(number));
    },
  };
  await version.readRows(new Row(version.table.columns.length), consumer, signal);
  return stated;
}

/** Throws VersionError if the origin cannot be upgraded to the target. */
export function refuseOtherVersions(source: Source, origin: Origin, target: Target): void {
  const { gogsVersion, schema, impliedSchema } = origin;
  const { oldestBackup, oldestSchema } = target.history;
  const { input } = source;
  const words = texts().versions;
  if (schema > target.schema) {
    throw new VersionError(words.schemaTooNew({ input, release: target.name, schema, known: target.schema }));
  }
  if (gogsVersion !== undefined && isNewerThan(gogsVersion, target)) {
    throw new VersionError(words.madeByNewer({ input, release: target.name, version: gogsVersion }));
  }
  if (source.form === 'gogs backup' && gogsVersion !== undefined && compareVersions(gogsVersion, oldestBackup) < 0) {
    throw new VersionError(words.beforeBackups({ input, version: gogsVersion, oldest: oldestBackup }));
  }
  if (schema < oldestSchema && impliedSchema !== undefined && impliedSchema > oldestSchema) {
    const contradiction = { input, schema, implied: impliedSchema };
    throw new VersionError(
      gogsVersion === undefined
        ? words.columnsContradict(contradiction)
        : words.releaseContradicts({ ...contradiction, version: gogsVersion }),
    );
  }
  if (schema < oldestSchema) throw new VersionError(words.schemaTooOld({ input, schema, oldest: oldestSchema }));
}

/** Releases of a minor version restore each other's backups once GOGS_VERSION names the first of them. */
function isNewerThan(gogsVersion: string, target: Target): boolean {
  const [from, to] = [parseVersion(gogsVersion), parseVersion(target.firstRelease)];
  if (from === undefined || to === undefined) return false;
  return from.major > to.major || (from.major === to.major && from.minor > to.minor);
}
