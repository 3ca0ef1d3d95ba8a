/** Writes a folder of CSV files, one per table, with the SQL names of the columns in the first line. */
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { OutputError } from '../core/errors.js';
import type { Row, RowConsumer } from '../core/rows.js';
import { outputError } from '../core/systemErrors.js';
import { temporaryPathOf } from '../files/fileNames.js';
import { makePrivateFolder } from '../files/privateFolders.js';
import { readBack } from '../files/readBack.js';
import { linkStatOf } from '../files/statOf.js';
import { syncFolder } from '../files/syncFolder.js';
import { CsvTableWriter } from '../formats/csv/CsvTableWriter.js';
import { padRows } from '../formats/csv/padRows.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import { keyInRelease, type Table } from '../gogs/tables.js';
import type { Destination, Finished, Written } from './Destination.js';
import { texts } from './texts.js';

export class CsvDestination implements Destination {
  readonly #output: string;
  readonly #temporary: string;
  readonly #target: Target;
  #table: CsvFile | undefined;
  #bytes = 0;
  #committed = false;

  private constructor(output: string, temporary: string, target: Target) {
    this.#output = output;
    this.#temporary = temporary;
    this.#target = target;
  }

  /** The folder must not exist: it appears whole. */
  static async open(output: string, target: Target): Promise<CsvDestination> {
    const path = resolve(output);
    if (linkStatOf(path) !== undefined) {
      throw new OutputError(texts().chooseNewFolder({ path: output }));
    }
    const temporary = temporaryPathOf(path);
    try {
      makePrivateFolder(temporary);
    } catch (error) {
      throw outputError(output, error);
    }
    return new CsvDestination(path, temporary, target);
  }

  /** The path of the files until they are committed. */
  get folder(): string {
    return this.#temporary;
  }

  beginTable(table: Table): RowConsumer {
    this.#table = new CsvFile(table, join(this.#temporary, `${table.name}.csv`), this.#target);
    return this.#table;
  }

  async endTable(): Promise<void> {
    this.#bytes += (await this.#table?.finish()) ?? 0;
    this.#table = undefined;
  }

  async finish(): Promise<Finished> {
    return { afterRestoreSql: null };
  }

  async commit(): Promise<Written> {
    syncFolder(this.#temporary);
    await rename(this.#temporary, this.#output).catch((error: unknown) => {
      throw outputError(this.#output, error);
    });
    this.#committed = true;
    syncFolder(dirname(this.#output));
    return { bytes: this.#bytes, files: { count: 0, bytes: 0 } };
  }

  async abort(): Promise<void> {
    await this.#table?.close().catch(() => undefined);
    if (!this.#committed) await rm(this.#temporary, { recursive: true, force: true });
  }
}

async function openPrivate(path: string): Promise<FileHandle> {
  const handle = await open(path, 'wx', 0o600);
  // The umask can restrict the owner as well.
  await handle.chmod(0o600);
  return handle;
}

/** One table. Its header is written with the first row, which usually shows all columns that only this database has. */
class CsvFile implements RowConsumer {
  readonly #table: Table;
  readonly #path: string;
  readonly #target: Target;
  #writer: CsvTableWriter | undefined;
  #handle: FileHandle | undefined;
  #bytes = 0;
  readonly #extras = new Set<string>();
  #ragged = false;

  constructor(table: Table, path: string, target: Target) {
    this.#table = table;
    this.#path = path;
    this.#target = target;
  }

  row(row: Row): void {
    this.#writer ??= this.#begin(row);
    for (const { name } of row.extras) {
      if (this.#extras.has(name)) continue;
      this.#extras.add(name);
      this.#writer.addExtra(name);
      this.#ragged = true;
    }
    this.#writer.row(row);
  }

  #begin(first?: Row): CsvTableWriter {
    for (const { name } of first?.extras ?? []) this.#extras.add(name);
    const columns = this.#table.columns.flatMap((column, index) => {
      const exists = keyInRelease(column, this.#target.firstRelease) !== undefined;
      return exists && !column.derived ? [{ name: column.name, kind: column.kind, index }] : [];
    });
    return new CsvTableWriter(columns, { write: (bytes) => this.#write(bytes) }, [...this.#extras]);
  }

  async #write(bytes: Buffer): Promise<void> {
    this.#handle ??= await openPrivate(this.#path).catch((error: unknown) => {
      throw outputError(this.#path, error);
    });
    await this.#handle.appendFile(bytes).catch((error: unknown) => {
      throw outputError(this.#path, error);
    });
    this.#bytes += bytes.length;
  }

  async drain(): Promise<void> {
    await this.#writer?.drain();
  }

  async finish(): Promise<number> {
    this.#writer ??= this.#begin();
    await this.#writer.finish();
    if (this.#ragged) await this.#pad(this.#writer.names);
    await this.#handle?.sync();
    await this.close();
    return this.#bytes;
  }

  /** Rewrites the file, with the columns that later rows added in every row. */
  async #pad(names: readonly string[]): Promise<void> {
    await this.close();
    const short = `${this.#path}.short`;
    await rename(this.#path, short);
    const chunks = readBack(short, this.#bytes);
    this.#bytes = 0;
    for await (const chunk of padRows(chunks, names)) await this.#write(chunk);
    await rm(short);
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }
}
