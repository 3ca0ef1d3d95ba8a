/** Finds texts in another character set than UTF-8. */
import { isUtf8 } from 'node:buffer';
import { type Cell, CellKind, type Row } from './rows.js';

const HOLDS_TEXT = (1 << CellKind.Text) | (1 << CellKind.JsonText) | (1 << CellKind.Json);
const holdsText = ({ kind }: Cell): boolean => (HOLDS_TEXT & (1 << kind)) !== 0;

/** The cells of a row that hold bytes which are not UTF-8; as a rule none, which one look at all of them together tells. */
export function findInvalidUtf8({ cells, extras }: Row): Cell[] {
  if (extras.length === 0 && areValidTogether(cells)) return [];
  return [...cells, ...extras.map(({ cell }) => cell)].filter(
    (cell) => holdsText(cell) && !isUtf8(cell.bytes.subarray(cell.start, cell.end)),
  );
}

/** Cells mostly lie side by side in one buffer: a call for each of them would cost more than reading it. */
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
