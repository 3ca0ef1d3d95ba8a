/** Writes the database as an SQLite file that Gogs can open directly. */
import { stat } from 'node:fs/promises';
import type { AtomicFile } from '../files/AtomicFile.js';
import type { OutputGate } from '../files/OutputGate.js';
import type { SqlOutputColumn } from '../formats/sql/writing/SqlTableWriter.js';
import { SqliteFileWriter } from '../formats/sqlite/SqliteFileWriter.js';
import type { StatementSink } from '../inputs/Source.js';
import type { DatabaseWriter, TableWriter } from './DatabaseWriter.js';

export class SqliteFile implements DatabaseWriter {
  readonly #file: AtomicFile;
  readonly #writer: SqliteFileWriter;

  private constructor(file: AtomicFile, writer: SqliteFileWriter) {
    this.#file = file;
    this.#writer = writer;
  }

  static async open(path: string, gate: OutputGate): Promise<SqliteFile> {
    const file = await gate.file(path);
    try {
      return new SqliteFile(file, SqliteFileWriter.create(file.temporaryPath, path));
    } catch (error) {
      await file.abort();
      throw error;
    }
  }

  get temporaryPath(): string {
    return this.#file.temporaryPath;
  }

  async execute(...statements: string[]): Promise<void> {
    await this.#writer.execute(statements.join(''));
  }

  awaitKeys(statements: readonly string[]): void {
    this.#writer.awaitIndexes(statements.join(''));
  }

  tableWriter(table: string, columns: readonly SqlOutputColumn[]): TableWriter {
    return this.#writer.beginTable(table, columns);
  }

  async addTable(writeStatements: (sink: StatementSink) => Promise<void>): Promise<string | undefined> {
    return this.#writer.attempt((write) => writeStatements({ write, drain: () => undefined }));
  }

  async finish(): Promise<void> {
    await this.#writer.close();
    await this.#file.seal();
  }

  async commit(): Promise<number> {
    const { size } = await stat(this.#file.temporaryPath);
    await this.#file.commit();
    return size;
  }

  async abort(): Promise<void> {
    this.#writer.abandon();
    await this.#file.abort();
  }
}
