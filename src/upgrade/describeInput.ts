/** Describes the input for a report. */
import { isoDate } from '../gogs/metadata.js';
import { compareVersions } from '../gogs/versions.js';
import type { InputReport } from '../reports/InputReport.js';
import type { UpgradePlan } from './planUpgrade.js';

export function describeInput({ source, schema, target, config }: UpgradePlan): InputReport {
  const { input, form, bytes, gogsVersion, madeAt, engine } = source;
  return {
    path: input,
    form,
    bytes,
    gogsVersion: gogsVersion ?? null,
    schemaVersion: schema,
    date: madeAt === undefined ? null : isoDate(madeAt),
    engine: engine ?? config.oldEngine ?? null,
    isAtTarget:
      form === 'gogs backup' &&
      schema === target.schema &&
      gogsVersion !== undefined &&
      compareVersions(gogsVersion, target.firstRelease) >= 0,
  };
}
