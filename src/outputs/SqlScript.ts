/** Writes the database as a script for the engine's own client. */
import { constants, createGzip } from 'node:zlib';
import type { Engine } from '../engines/Engine.js';
import { OutputFile } from '../files/OutputFile.js';
import { type SqlOutputColumn, SqlTableWriter } from '../formats/sql/writing/SqlTableWriter.js';
import type { DatabaseWriter, TableWriter } from './DatabaseWriter.js';
import type { DestinationContext, DestinationPlace } from './Destination.js';

export class SqlScript implements DatabaseWriter {
  readonly #engine: Engine;
  readonly #file: OutputFile;

  private constructor(engine: Engine, file: OutputFile) {
    this.#engine = engine;
    this.#file = file;
  }

  /** Compresses if the path ends in `.gz`. `heading`: a comment without line breaks. */
  static async open(
    { output }: DestinationPlace,
    engine: Engine,
    heading: string,
    { temporary, gate, signal }: Pick<DestinationContext, 'temporary' | 'gate' | 'signal'>,
  ): Promise<SqlScript> {
    const gzip = typeof output === 'string' && output.endsWith('.gz');
    const through = gzip ? createGzip({ level: constants.Z_BEST_SPEED, chunkSize: 256 * 1024 }) : undefined;
    const script = new SqlScript(engine, await OutputFile.open(output, { gate, temporary, signal, through }));
    try {
      await script.execute(`-- ${heading}\n`);
      return script;
    } catch (error) {
      await script.abort();
      throw error;
    }
  }

  get temporaryPath(): string {
    return this.#file.file.temporaryPath;
  }

  async execute(...statements: string[]): Promise<void> {
    await this.#file.write(Buffer.from(statements.join('')));
  }

  async append(sql: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of sql) await this.#file.write(chunk);
  }

  tableWriter(table: string, columns: readonly SqlOutputColumn[]): TableWriter {
    return new SqlTableWriter(this.#engine, table, columns, this.#file);
  }

  async finish(): Promise<void> {
    await this.#file.finish();
  }

  async commit(): Promise<number> {
    return this.#file.commit();
  }

  async abort(): Promise<void> {
    await this.#file.abort();
  }
}
