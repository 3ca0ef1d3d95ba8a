/** Examines the texts of a row together. */
import { type Cell, CellKind } from './rows.js';

const HOLDS_TEXT = (1 << CellKind.Text) | (1 << CellKind.JsonText) | (1 << CellKind.Json);

/** Whether the bytes of a cell are text or contain it. */
export const holdsText = ({ kind }: Cell): boolean => (HOLDS_TEXT & (1 << kind)) !== 0;

/**
 * Whether `holds` is true for all memory that the texts lie in, and for what lies between them. Cells mostly lie side by side in
 * one buffer, and a separate native call for each would cost more than reading it.
 */
export function everyTextSpan(cells: readonly Cell[], holds: (span: Buffer) => boolean): boolean {
  let bytes: Buffer | undefined;
  let start = 0;
  let end = 0;
  for (const cell of cells) {
    if (!holdsText(cell) || cell.start === cell.end) continue;
    if (cell.bytes !== bytes) {
      if (bytes !== undefined && !holds(bytes.subarray(start, end))) return false;
      bytes = cell.bytes;
      start = cell.start;
      end = cell.end;
    } else {
      if (cell.start < start) start = cell.start;
      if (cell.end > end) end = cell.end;
    }
  }
  return bytes === undefined || holds(bytes.subarray(start, end));
}
