/**
 * Writes `db/<Type>.json` while its rows arrive.
 *
 * Most tables need no change, and deflating takes most of the time of an upgrade. So nothing is deflated while the rows are the
 * same as in the original: if that holds to the end, the original's compressed bytes are copied. If not, the beginning of the
 * original is inflated once more and rewritten together with the rest.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { OutputError } from '../core/errors.js';
import type { Notice } from '../core/findings.js';
import type { Row, RowConsumer } from '../core/rows.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import { JsonLinesWriter } from '../formats/json/JsonLinesWriter.js';
import type { NewEntry, ZipWriter } from '../formats/zip/ZipWriter.js';
import { DATABASE } from '../gogs/layout.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import { membersOf } from '../gogs/restore/shaperOf.js';
import type { Table } from '../gogs/tables.js';
import type { OriginalTable } from '../inputs/Source.js';
import type { DestinationContext } from './Destination.js';
import { takeLongLine } from './takeLongLine.js';
import { texts } from './texts.js';

/** Takes the rows that a restore cannot read; SQL loads them afterwards. */
export interface LeftoverRows {
  /** A row that a restore cannot read. */
  add(table: Table, row: Row): void;
  /** A row that a restore reads. */
  restored(table: Table, row: Row): void;
  drain(): Promise<void>;
}

export interface TableEntryOptions {
  readonly zip: ZipWriter;
  readonly target: Target;
  /** The time of rewritten entries. */
  readonly modified: Date;
  readonly temporary: TemporaryFolder;
  readonly leftovers: LeftoverRows;
  readonly notice: (notice: Notice) => void;
  readonly placeOf: DestinationContext['placeOf'];
  readonly signal: AbortSignal | undefined;
}

const PERMISSIONS = 0o600;
/** Flush at half an inflated chunk, so that the line buffer keeps its size. */
const FLUSH_BYTES = 128 * 1024;

export class TableEntry implements RowConsumer {
  readonly #table: Table;
  readonly #maxLineBytes: number;
  readonly #name: string;
  readonly #options: TableEntryOptions;
  readonly #original: OriginalTable | undefined;
  readonly #lines: JsonLinesWriter;
  /** True while the rows so far equal the first `#repeated` bytes of the original. */
  #repeats: boolean;
  #repeated = 0;
  /** Undefined until something has to be deflated. */
  #entry: NewEntry | undefined;
  /** Lines that a restore cannot read, to be written last. */
  #heldBack: Buffer[] = [];
  #spool: FileHandle | undefined;
  #spooledBytes = 0;

  constructor(table: Table, options: TableEntryOptions, original: OriginalTable | undefined) {
    this.#table = table;
    this.#maxLineBytes = options.target.restore.maxLineBytes;
    this.#name = `${DATABASE}${table.type}.json`;
    this.#options = options;
    this.#original = original?.entry.name === this.#name ? original : undefined;
    this.#repeats = this.#original !== undefined;
    this.#lines = new JsonLinesWriter(membersOf(table, options.target.firstRelease));
  }

  row(row: Row): void {
    const { leftovers, notice, placeOf } = this.#options;
    const length = this.#lines.write(row);
    if (this.#repeats) this.#compare(row, length);
    const long = takeLongLine(this.#lines, length, {
      table: this.#table,
      row,
      notice,
      placeOf,
      maxLineBytes: this.#maxLineBytes,
    });
    if (long === undefined) {
      leftovers.restored(this.#table, row);
    } else {
      this.#heldBack.push(long);
      leftovers.add(this.#table, row);
    }
  }

  /** Skips rows that equal the original's bytes; the first different row switches to rewriting. */
  #compare({ position, source, sourceStart, size }: Row, length: number): void {
    // A dropped row leaves a gap: the position of the next row, or the total size, no longer matches.
    this.#repeats =
      position === this.#repeated &&
      length === size &&
      length <= this.#maxLineBytes &&
      this.#lines.endsWith(source, sourceStart, sourceStart + size);
    if (!this.#repeats) return;
    this.#repeated += length;
    this.#lines.clear();
  }

  async drain(): Promise<void> {
    if (this.#lines.length >= FLUSH_BYTES) await this.#sendLines();
    if (this.#heldBack.length > 0) await this.#spoolHeldBack();
    await this.#options.leftovers.drain();
  }

  async #sendLines(): Promise<NewEntry> {
    this.#entry ??= await this.#begin();
    await this.#entry.append(this.#lines.waiting);
    this.#lines.clear();
    return this.#entry;
  }

  /** Starts deflating with the rows that were skipped because the original contains them. */
  async #begin(): Promise<NewEntry> {
    const { zip, modified, signal } = this.#options;
    const entry = zip.beginEntry(this.#name, { mode: PERMISSIONS, modified });
    if (this.#original === undefined || this.#repeated === 0) return entry;
    let left = this.#repeated;
    for await (const chunk of this.#original.zip.chunks(this.#original.entry, signal)) {
      const part = chunk.subarray(0, left);
      await entry.append(part);
      left -= part.length;
      if (left === 0) break;
    }
    return entry;
  }

  async #spoolHeldBack(): Promise<void> {
    this.#spool ??= await open(await this.#options.temporary.newPath(`${this.#table.type}.json`), 'wx+', 0o600);
    for (const line of this.#heldBack) {
      await this.#spool.appendFile(line);
      this.#spooledBytes += line.length;
    }
    this.#heldBack = [];
  }

  async end(): Promise<void> {
    await this.drain();
    const original = this.#original;
    if (original !== undefined && this.#repeats && this.#repeated === original.entry.uncompressedSize) {
      await this.#options.zip.copyRaw(original.zip, original.entry);
      return;
    }
    const entry = await this.#sendLines();
    await this.#sendSpooled(entry);
    await entry.finish();
  }

  async #sendSpooled(entry: NewEntry): Promise<void> {
    if (this.#spool === undefined) return;
    for (let at = 0; at < this.#spooledBytes; ) {
      const { bytesRead, buffer } = await this.#spool.read(Buffer.allocUnsafe(FLUSH_BYTES), 0, FLUSH_BYTES, at);
      if (bytesRead === 0) throw new OutputError(texts().temporaryFileCutOff);
      await entry.append(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    await this.#spool.close();
  }

  async abort(): Promise<void> {
    await this.#spool?.close().catch(() => undefined);
  }
}
