/** Writes a zip of CSV files, one per table. The only file that imports archiver. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { handledLater } from '../core/handledLater.js';
import type { RowConsumer } from '../core/rows.js';
import { OutputFile, type OutputFileOptions } from '../files/OutputFile.js';
import { EARLIEST } from '../formats/zip/toDosTime.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import type { Table } from '../gogs/tables.js';
import { CsvDestination } from './CsvDestination.js';
import type { Destination, Finished, Written } from './Destination.js';

export class CsvArchive implements Destination {
  readonly #csv: CsvDestination;
  readonly #file: OutputFile;

  private constructor(csv: CsvDestination, file: OutputFile) {
    this.#csv = csv;
    this.#file = file;
  }

  /** `output`: a path, or a stream that receives the archive once it is whole. */
  static async open(output: string | Writable, target: Target, options: OutputFileOptions): Promise<CsvArchive> {
    const file = await OutputFile.open(output, options);
    try {
      // The columns of a table are only known at its end, so the CSV files are written first.
      return new CsvArchive(await CsvDestination.open(await options.temporary.newPath('csv'), target), file);
    } catch (error) {
      await file.abort();
      throw error;
    }
  }

  beginTable(table: Table): RowConsumer {
    return this.#csv.beginTable(table);
  }

  async endTable(): Promise<void> {
    await this.#csv.endTable();
  }

  async finish(): Promise<Finished> {
    const { ZipArchive } = await import('archiver');
    // One file at a time: otherwise the order of the files varies.
    const archive = new ZipArchive({ zlib: { level: 3 }, statConcurrency: 1 });
    // archiver only warns about a missing file; make it an error.
    archive.on('warning', (warning) => archive.destroy(warning));
    const { folder } = this.#csv;
    for (const name of (await readdir(folder)).sort()) {
      archive.file(join(folder, name), { name, mode: 0o600, date: EARLIEST });
    }
    // `finalize` rejects with the same error as reading the archive below.
    handledLater(archive.finalize());
    for await (const chunk of archive as AsyncIterable<Buffer>) await this.#file.write(chunk);
    await this.#file.finish();
    return { afterRestoreSql: null };
  }

  async commit(): Promise<Written> {
    return { bytes: await this.#file.commit(), files: { count: 0, bytes: 0 } };
  }

  async abort(): Promise<void> {
    await this.#csv.abort();
    await this.#file.abort();
  }
}
