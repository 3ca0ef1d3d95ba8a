/** Finds texts that are not UTF-8. */
import { isUtf8 } from 'node:buffer';
import { everyTextSpan, holdsText } from './everyTextSpan.js';
import type { Cell, Row } from './rows.js';

/** The cells of a row whose bytes are not UTF-8. Usually there are none, which one check of all cells together shows. */
export function findInvalidUtf8({ cells, extras }: Row): Cell[] {
  if (extras.length === 0 && everyTextSpan(cells, isUtf8)) return [];
  return [...cells, ...extras.map(({ cell }) => cell)].filter(
    (cell) => holdsText(cell) && !isUtf8(cell.bytes.subarray(cell.start, cell.end)),
  );
}
