/** What every report says of its input. */
import type { Source } from '../inputs/Source.js';
import type { UpgradeReport } from '../reports/UpgradeReport.js';

export function describeInput(source: Source, schema: number): UpgradeReport['input'] {
  return {
    path: source.input,
    form: source.form,
    bytes: source.bytes,
    gogsVersion: source.gogsVersion ?? null,
    schemaVersion: schema,
  };
}
