/** Finds texts that are not UTF-8. */
import { isUtf8 } from 'node:buffer';
import { type Cell, CellKind, type Row } from './rows.js';

const HOLDS_TEXT = (1 << CellKind.Text) | (1 << CellKind.JsonText) | (1 << CellKind.Json);
const holdsText = ({ kind }: Cell): boolean => (HOLDS_TEXT & (1 << kind)) !== 0;

/** The cells of a row whose bytes are not UTF-8. Usually there are none, which one check of all cells together shows. */
export function findInvalidUtf8({ cells, extras }: Row): Cell[] {
  if (extras.length === 0 && areValidTogether(cells)) return [];
  return [...cells, ...extras.map(({ cell }) => cell)].filter(
    (cell) => holdsText(cell) && !isUtf8(cell.bytes.subarray(cell.start, cell.end)),
  );
}

/** Cells mostly lie side by side in one buffer, and a separate call for each would cost more than reading it. */
function areValidTogether(cells: readonly Cell[]): boolean {
  let bytes: Buffer | undefined;
  let start = 0;
  let end = 0;
  for (const cell of cells) {
    if (!holdsText(cell) || cell.start === cell.end) continue;
    if (cell.bytes !== bytes) {
      if (bytes !== undefined && !isUtf8(bytes.subarray(start, end))) return false;
      bytes = cell.bytes;
      start = cell.start;
      end = cell.end;
    } else {
      if (cell.start < start) start = cell.start;
      if (cell.end > end) end = cell.end;
    }
  }
  return bytes === undefined || isUtf8(bytes.subarray(start, end));
}
