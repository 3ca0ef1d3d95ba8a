/** Wording that texts, pages and lists share. */
import type { Finding, Severity } from '../core/findings.js';
import { formatCount, plural } from '../core/format.js';
import type { InputReport } from './InputReport.js';
import type { TableReport } from './TableReport.js';

export const SEVERITIES = ['error', 'warning', 'info'] as const satisfies readonly Severity[];

/** `gogs backup of Gogs 0.12.3, schema 19` */
export const describeInput = ({ form, gogsVersion, schemaVersion }: InputReport): string =>
  `${form} of Gogs ${gogsVersion ?? '(unknown version)'}, schema ${schemaVersion}`;

/** `7 rows`, `7 → 5 rows` */
export const describeRows = ({ rowsIn, rowsOut }: Pick<TableReport, 'rowsIn' | 'rowsOut'>): string =>
  rowsIn === rowsOut ? plural(rowsOut, 'row') : `${formatCount(rowsIn)} → ${plural(rowsOut, 'row')}`;

/** `2 left out: repository is gone, Passwd is now Password` */
export const describeChanges = ({ leftOut, changes }: TableReport): string =>
  [...Object.entries(leftOut).map(([reason, count]) => `${formatCount(count)} left out: ${reason}`), ...changes].join(
    ', ',
  );

/** Whether an upgrade changes anything in a table. */
export const isChanged = ({ rowsIn, rowsOut, changes }: TableReport): boolean =>
  rowsIn !== rowsOut || (rowsIn > 0 && changes.length > 0);

/** The places of a finding, and the number of places that are not listed. */
export function describePlaces({ count, examples }: Finding): string {
  if (examples.length === 0) return '';
  const more = count > examples.length ? `; and ${formatCount(count - examples.length)} more` : '';
  return `${examples.join('; ')}${more}`;
}

/** `Texts hold emoji (3)` */
export const titleWithCount = ({ title, count }: Finding): string =>
  count > 1 ? `${title} (${formatCount(count)})` : title;

/** `1 finding needs a hand` */
export const describePressing = (count: number): string =>
  `${plural(count, 'finding')} ${count === 1 ? 'needs' : 'need'} a hand`;

export const totalOf = <T>(items: readonly T[], count: (item: T) => number): number =>
  items.reduce((sum, item) => sum + count(item), 0);
