/**
 * Cuts a table's file into lines as `gogs restore` does: with Go's bufio.Scanner and its buffer. A line that does not fit into the buffer with its newline ends the table, and the scanner's error is never read: internal/db/backup.go@v0.13.0
 */
export interface ScannedLines {
  /** `line` ends in its newline, except for the last one of a file. `beyond`: no restore gets to see it. */
  line(line: Buffer, beyond: boolean): void;
}

const NEWLINE = 0x0a;

/** Feed it chunks in order, then `end`. The lines point into the chunks. */
export class RestoreScanner {
  readonly #lines: ScannedLines;
  readonly #maxLineBytes: number;
  #pending: Buffer[] = [];
  #count = 0;
  /** Line that ended the table; undefined as long as the restore would read on. */
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
      const part = chunk.subarray(start, newline + 1);
      if (this.#pending.length === 0) {
        this.#take(part, part.length);
      } else {
        const line = Buffer.concat([...this.#pending, part]);
        this.#pending = [];
        this.#take(line, line.length);
      }
      start = newline + 1;
    }
    if (start < chunk.length) this.#pending.push(chunk.subarray(start));
  }

  end(): void {
    if (this.#pending.length === 0) return;
    const line = Buffer.concat(this.#pending);
    this.#pending = [];
    // A full buffer ends the scan before it is known that nothing follows.
    this.#take(line, line.length + 1);
  }

  #take(line: Buffer, bytes: number): void {
    this.#count++;
    if (bytes > this.#maxLineBytes) this.tooLong ??= { line: this.#count, bytes };
    this.#lines.line(line, this.tooLong !== undefined);
  }
}
