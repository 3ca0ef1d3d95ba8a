/** Finds texts that are not UTF-8. */
import { isAscii, isUtf8 } from 'node:buffer';
import { everyTextSpan, holdsText } from './everyTextSpan.js';
import type { Cell, Row } from './rows.js';

/**
 * The cells of a row whose bytes are not UTF-8. Usually there are none, which one check of all cells together shows. A cell could
 * take the rest of its last character from the memory behind it: escapes that were resolved in place leave old bytes there.
 */
export function findInvalidUtf8({ cells, extras }: Row): Cell[] {
  if (extras.length === 0 && (everyTextSpan(cells, isAscii) || isUtf8Together(cells))) return [];
  return [...cells, ...extras.map(({ cell }) => cell)].filter(
    (cell) => holdsText(cell) && !isUtf8(cell.bytes.subarray(cell.start, cell.end)),
  );
}

const isUtf8Together = (cells: readonly Cell[]): boolean =>
  cells.every(liesBetweenCharacters) && everyTextSpan(cells, isUtf8);

function liesBetweenCharacters(cell: Cell): boolean {
  const { bytes, start, end } = cell;
  return !holdsText(cell) || (!isContinuation(bytes[start]) && !isContinuation(bytes[end]));
}

/** True for every byte of a character but the first; false beyond the end of a buffer. */
const isContinuation = (byte = 0): boolean => (byte & 0xc0) === 0x80;
