import { textBytes, toTime } from '../../../core/coerce.js';
import { type Cell, CellKind } from '../../../core/rows.js';

/**
 * A time as SQLite stores it, as text. Text from SQL is kept unless Go could not read it from SQLite. Undefined if the cell
 * holds no time.
 */
export function sqliteTimeText(cell: Cell): string | undefined {
  const text = textBytes(cell);
  if (cell.kind === CellKind.Text && !isRfc3339(text) && !hasShortOffset(text)) return text.toString('utf8');
  const instant = toTime(cell);
  return instant === undefined ? undefined : `${instant.date} ${instant.time}${instant.fraction}`;
}

function isRfc3339(text: Buffer): boolean {
  return text[10] === 0x54;
}

/**
 * `2020-10-07 12:34:56+00`, as PostgreSQL writes times. From SQLite, Gogs 0.13.0 reads it as the year 1, and the backup of
 * 0.14.3 stops at it ("unsupported Scan"), measured; so does 0.13.0 at `… +0000 UTC`.
 */
function hasShortOffset(text: Buffer): boolean {
  return /(?:[+-]\d\d| UTC)$/.test(text.subarray(-8).toString('latin1')) && text.length > 10;
}
