/** Adds columns that only appeared after the first rows to CSV written by `CsvTableWriter`. */
import { quoteHeader } from './CsvTableWriter.js';

const LF = 0x0a;
const COMMA = 0x2c;
const QUOTE = 0x22;

/** Pads each row with empty fields, which mean NULL, and replaces the first line. `names`: of all columns, in order. */
export async function* padRows(
  chunks: AsyncIterable<Buffer>,
  names: readonly string[],
): AsyncGenerator<Buffer, void, void> {
  let quoted = false;
  let fields = 1;
  let isHeader = true;
  for await (const chunk of chunks) {
    const padded: Buffer[] = [];
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === QUOTE) quoted = !quoted;
      if (quoted) continue;
      if (byte === COMMA) fields++;
      if (byte !== LF) continue;
      const missing = names.slice(fields);
      padded.push(chunk.subarray(from, i));
      padded.push(Buffer.from(missing.map((name) => (isHeader ? `,${quoteHeader(name)}` : ',')).join('')));
      from = i;
      fields = 1;
      isHeader = false;
    }
    padded.push(chunk.subarray(from));
    yield Buffer.concat(padded);
  }
}
