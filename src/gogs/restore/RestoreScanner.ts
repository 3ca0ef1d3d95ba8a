/**
 * Splits a table's file into lines as `gogs restore` does: with Go's bufio.Scanner and its buffer. A line that, with its
 * newline, does not fit the buffer ends the table, and the scanner's error is never read: internal/db/backup.go@v0.13.0
 */
export interface ScannedLines {
  /** `bytes[start, end)` ends in its newline, except for the last one of a file. `afterLongLine`: a restore never reads it. */
  line(bytes: Buffer, start: number, end: number, afterLongLine: boolean): void;
}

const NEWLINE = 0x0a;

/** Pass it chunks in order, then call `end`. The lines are places in the chunks. */
export class RestoreScanner {
  readonly #lines: ScannedLines;
  readonly #maxLineBytes: number;
  #pending: Buffer[] = [];
  #count = 0;
  /** The line that ended the table; undefined while the restore would read on. */
  tooLong: { readonly line: number; readonly bytes: number } | undefined;

  /** `maxLineBytes`: size of the buffer */
  constructor(lines: ScannedLines, maxLineBytes: number) {
    this.#maxLineBytes = maxLineBytes;
    this.#lines = lines;
  }

  feed(chunk: Buffer): void {
    let start = 0;
    for (;;) {
      const newline = chunk.indexOf(NEWLINE, start);
      if (newline < 0) break;
      if (this.#pending.length === 0) {
        this.#take(chunk, start, newline + 1, newline + 1 - start);
      } else {
        const line = Buffer.concat([...this.#pending, chunk.subarray(start, newline + 1)]);
        this.#pending = [];
        this.#take(line, 0, line.length, line.length);
      }
      start = newline + 1;
    }
    if (start < chunk.length) this.#pending.push(chunk.subarray(start));
  }

  end(): void {
    if (this.#pending.length === 0) return;
    const line = Buffer.concat(this.#pending);
    this.#pending = [];
    // A full buffer ends the scan before the scanner knows that nothing follows.
    this.#take(line, 0, line.length, line.length + 1);
  }

  #take(chunk: Buffer, start: number, end: number, bytes: number): void {
    this.#count++;
    if (bytes > this.#maxLineBytes) this.tooLong ??= { line: this.#count, bytes };
    this.#lines.line(chunk, start, end, this.tooLong !== undefined);
  }
}
