/** Writes tables into a backup zip as a restore of the target expects them. */
import { once } from 'node:events';
import { type FileHandle, open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { InputError } from '../errors.js';
import type { Notice } from '../findings.js';
import { JsonLinesWriter } from '../formats/json/JsonLinesWriter.js';
import { shortenEscapes } from '../formats/json/jsonText.js';
import type { ZipWriter } from '../formats/zip/ZipWriter.js';
import { derivedValuesOf } from '../gogs/deriveValues.js';
import type { Table } from '../gogs/tables.js';
import { MAX_RESTORED_LINE, type Target } from '../gogs/targets.js';
import type { Row, RowConsumer } from '../rows.js';
import { DATABASE } from './ArchiveFiles.js';
import { longRowNotice } from './longRowNotice.js';
import { membersOf, shaperOf, UnfitValue } from './restoreShape.js';
import type { Sink } from './Sink.js';
import type { TemporaryFolder } from './TemporaryFolder.js';

/** Takes the rows that a restore cannot read, to be loaded by SQL after it. */
export interface LeftoverRows {
  /** A row that a restore does not get to. */
  add(table: Table, row: Row): void;
  /** A row that a restore does read. */
  restored(table: Table, row: Row): void;
  drain(): Promise<void>;
}

export interface BackupSinkOptions {
  readonly zip: ZipWriter;
  readonly target: Target;
  /** The time that rewritten entries get. */
  readonly modified: Date;
  readonly temporary: TemporaryFolder;
  readonly leftovers: LeftoverRows;
  readonly notice: (notice: Notice) => void;
}

const PERMISSIONS = 0o600;
const FLUSH_BYTES = 256 * 1024;

export class BackupSink implements Sink {
  readonly #options: BackupSinkOptions;
  #entry: TableEntry | undefined;

  constructor(options: BackupSinkOptions) {
    this.#options = options;
  }

  beginTable(table: Table): RowConsumer {
    this.#entry = new TableEntry(table, this.#options);
    return this.#entry;
  }

  async endTable(): Promise<void> {
    await this.#entry?.end();
    this.#entry = undefined;
  }

  /** Ends the table that is being written when the work is given up. */
  async abort(): Promise<void> {
    await this.#entry?.abort();
  }
}

/** `db/<Type>.json` while its rows come in. */
class TableEntry implements RowConsumer {
  readonly #table: Table;
  readonly #options: BackupSinkOptions;
  readonly #lines: JsonLinesWriter;
  readonly #shape: (row: Row) => void;
  readonly #extras = new Set<string>();
  readonly #derive: ((row: Row) => void) | undefined;
  readonly #stream = new PassThrough({ highWaterMark: 4 * FLUSH_BYTES });
  /** Settles when the zip has taken the whole entry; rejects when it cannot. */
  readonly #written: Promise<void>;
  #heldBack: Buffer[] = [];
  #spool: FileHandle | undefined;
  #spooledBytes = 0;

  constructor(table: Table, options: BackupSinkOptions) {
    const members = membersOf(table, options.target.firstRelease);
    this.#table = table;
    this.#options = options;
    this.#lines = new JsonLinesWriter(members);
    this.#shape = shaperOf(table, members);
    this.#derive = derivedValuesOf(table);
    this.#written = options.zip.addStream(`${DATABASE}${table.type}.json`, this.#stream, {
      mode: PERMISSIONS,
      modified: options.modified,
    });
    // Looked at when the entry is fed or ended; meanwhile a failure is not unhandled.
    this.#written.catch(() => undefined);
  }

  row(row: Row): void {
    try {
      this.#shape(row);
    } catch (error) {
      if (!(error instanceof UnfitValue)) throw error;
      throw new InputError(
        `Cannot carry over ${this.#table.name}, line ${row.line}: the value of ${error.column} is not of the column's kind, ` +
          'and a restore would stop there. Mend the value in the input, or leave the row out.',
      );
    }
    this.#derive?.(row);
    for (const { name } of row.extras) this.#reportExtra(name);
    const length = this.#lines.write(row);
    if (length <= MAX_RESTORED_LINE || this.#shorten(row, length)) this.#options.leftovers.restored(this.#table, row);
  }

  #reportExtra(name: string): void {
    if (this.#extras.has(name)) return;
    this.#extras.add(name);
    this.#options.notice({
      code: 'unknown-column',
      severity: 'info',
      title: 'Keys that no release of Gogs writes',
      consequence: 'A restore ignores them.',
      remedy: 'They are kept in the rows. They come from a modified Gogs, or from a newer one.',
      needsHand: false,
      place: `${this.#table.type}.${name}`,
    });
  }

  /** Gogs stops reading a table at a longer line, so such lines go last, and by SQL too. True when the line fits after all. */
  #shorten(row: Row, length: number): boolean {
    const short = shortenEscapes(this.#lines.takeBack(length));
    if (short.length <= MAX_RESTORED_LINE) {
      this.#lines.append(short);
      return true;
    }
    this.#heldBack.push(short);
    this.#options.leftovers.add(this.#table, row);
    this.#options.notice(longRowNotice(this.#table, row, short.length));
    return false;
  }

  async drain(): Promise<void> {
    if (this.#lines.length >= FLUSH_BYTES) await this.#send(this.#lines.take());
    if (this.#heldBack.length > 0) await this.#spoolHeldBack();
    await this.#options.leftovers.drain();
  }

  async #send(chunk: Buffer): Promise<void> {
    if (this.#stream.write(chunk)) return;
    await Promise.race([once(this.#stream, 'drain'), this.#written]);
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
    if (this.#lines.length > 0) await this.#send(this.#lines.take());
    await this.#sendSpooled();
    this.#stream.end();
    await this.#written;
  }

  async #sendSpooled(): Promise<void> {
    if (this.#spool === undefined) return;
    for (let at = 0; at < this.#spooledBytes; ) {
      const { bytesRead, buffer } = await this.#spool.read(Buffer.allocUnsafe(FLUSH_BYTES), 0, FLUSH_BYTES, at);
      if (bytesRead === 0) throw new Error('a temporary file lost its end');
      await this.#send(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    await this.#spool.close();
  }

  async abort(): Promise<void> {
    this.#stream.destroy();
    await this.#spool?.close().catch(() => undefined);
  }
}
