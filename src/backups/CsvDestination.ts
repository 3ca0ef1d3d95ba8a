/** Writes a folder of CSV files, one a table, with the SQL names of the columns in the first line. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OutputError } from '../errors.js';
import { CsvTableWriter } from '../formats/csv/CsvWriter.js';
import { keyInRelease, type Table } from '../gogs/tables.js';
import type { Target } from '../gogs/targets.js';
import type { Row, RowConsumer } from '../rows.js';
import { outputError } from './AtomicFile.js';
import type { Destination, Written } from './Destination.js';

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
    if ((await stat(path).catch(() => undefined)) !== undefined) {
      throw new OutputError(`Cannot write ${output}: it exists. Choose a new folder.`);
    }
    const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
    await mkdir(temporary, { mode: 0o700 }).catch((error: unknown) => {
      throw outputError(output, error);
    });
    return new CsvDestination(path, temporary, target);
  }

  beginTable(table: Table): RowConsumer {
    this.#table = new CsvFile(table, join(this.#temporary, `${table.name}.csv`), this.#target);
    return this.#table;
  }

  async endTable(): Promise<void> {
    this.#bytes += (await this.#table?.finish()) ?? 0;
    this.#table = undefined;
  }

  async writeFiles(): Promise<void> {}

  async finish(): Promise<void> {}

  async commit(): Promise<Written> {
    await rename(this.#temporary, this.#output).catch((error: unknown) => {
      throw outputError(this.#output, error);
    });
    this.#committed = true;
    return { bytes: this.#bytes, files: { count: 0, bytes: 0 }, afterRestoreSql: null };
  }

  async abort(): Promise<void> {
    await this.#table?.close();
    if (!this.#committed) await rm(this.#temporary, { recursive: true, force: true });
  }
}

/** One table. The columns that only this database has are known with the first row, and so the file begins there. */
class CsvFile implements RowConsumer {
  readonly #table: Table;
  readonly #path: string;
  readonly #target: Target;
  #writer: CsvTableWriter | undefined;
  #handle: Awaited<ReturnType<typeof open>> | undefined;
  #bytes = 0;

  constructor(table: Table, path: string, target: Target) {
    this.#table = table;
    this.#path = path;
    this.#target = target;
  }

  row(row: Row): void {
    this.#writer ??= this.#begin(row.extras.map(({ name }) => name));
    this.#writer.row(row);
  }

  #begin(extras: readonly string[]): CsvTableWriter {
    const columns = this.#table.columns.flatMap((column, index) => {
      const exists = keyInRelease(column, this.#target.firstRelease) !== undefined;
      return exists && !column.derived ? [{ name: column.name, kind: column.kind, index }] : [];
    });
    return new CsvTableWriter(columns, { write: (bytes) => this.#write(bytes) }, extras);
  }

  async #write(bytes: Buffer): Promise<void> {
    this.#handle ??= await open(this.#path, 'wx', 0o600).catch((error: unknown) => {
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
    this.#writer ??= this.#begin([]);
    await this.#writer.finish();
    await this.#handle?.sync();
    await this.close();
    return this.#bytes;
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }
}
