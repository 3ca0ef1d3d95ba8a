/** Wording that texts, pages and lists share. */
import type { Finding, Severity } from '../core/findings.js';
import { clauses, itemized } from '../core/language.js';
import { formName } from '../core/SourceForm.js';
import type { InputReport } from './InputReport.js';
import type { TableReport } from './TableReport.js';
import { texts } from './texts.js';

export const SEVERITIES = ['error', 'warning', 'info'] as const satisfies readonly Severity[];

/** `gogs backup of Gogs 0.12.3, schema 19` */
export const describeInput = ({ form, gogsVersion, schemaVersion }: InputReport): string =>
  texts().input({ form: formName(form), version: gogsVersion ?? texts().unknownVersion, schema: schemaVersion });

/** `7 rows`, `7 → 5 rows` */
export const describeRows = ({ rowsIn, rowsOut }: Pick<TableReport, 'rowsIn' | 'rowsOut'>): string =>
  rowsIn === rowsOut ? texts().rows({ count: rowsOut }) : texts().rowsFromTo({ before: rowsIn, after: rowsOut });

/** `2 left out: repository is gone, Passwd is now Password` */
export const describeChanges = ({ leftOut, changes }: TableReport): string =>
  clauses([...Object.entries(leftOut).map(([reason, count]) => texts().leftOut({ count, reason })), ...changes]);

/** Whether an upgrade changes anything in a table. */
export const isChanged = ({ rowsIn, rowsOut, changes }: TableReport): boolean =>
  rowsIn !== rowsOut || (rowsIn > 0 && changes.length > 0);

/** The places of a finding, and the number of places that are not listed. */
export function describePlaces({ count, examples }: Finding): string {
  if (examples.length === 0) return '';
  const places = itemized(examples);
  const more = count - examples.length;
  return more > 0 ? texts().placesAndMore({ places, count: more }) : places;
}

/** `Texts hold emoji (3)` */
export const titleWithCount = ({ title, count }: Finding): string =>
  count > 1 ? texts().titleWithCount({ title, count }) : title;

/** Folders have the same name in every language, but `other` is translated. */
export const fileGroupName = (name: string): string => (name === 'other' ? texts().inspection.otherFiles : name);

export const totalOf = <T>(items: readonly T[], count: (item: T) => number): number =>
  items.reduce((sum, item) => sum + count(item), 0);
