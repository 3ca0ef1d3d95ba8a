/** One canonical form for a time, independent of how a backup or an engine writes it. */
import { toTime } from '../../core/coerce.js';
import type { Cell } from '../../core/rows.js';
import { textOf } from '../../core/values.js';

/**
 * `2020-09-13T14:26:40.500+02:00` → `2020-09-13T12:26:40.5Z`; without an offset it is UTC. Anything but a time is returned
 * unchanged. `digits`: the number of fractional digits to keep, rounded as engines do.
 */
export function canonicalTime(cell: Cell, digits: number): string {
  const instant = toTime(cell);
  if (instant === undefined) return textOf(cell)?.toString('latin1') ?? '';
  const { date, time, fraction } = instant;
  if (fraction.length <= digits + 1) return `${date}T${time}${fraction}Z`;
  const rounded = Number(`0${fraction}`).toFixed(digits);
  const whole = Date.parse(`${date}T${time}Z`) + (rounded.startsWith('1') ? 1000 : 0);
  const rest = rounded.slice(1).replace(/\.?0+$/, '');
  return new Date(whole).toISOString().replace(/\.\d+Z$/, `${rest}Z`);
}
