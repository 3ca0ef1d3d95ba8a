/** A file that appears whole or not at all, or a stream that receives it once it is whole. */
import { once } from 'node:events';
import type { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { handledLater } from '../core/handledLater.js';
import { outputError } from '../core/systemErrors.js';
import { AtomicFile } from './AtomicFile.js';
import { type ByteSink, fileSink, type PositionedSink } from './ByteSink.js';
import { type CopyOptions, sizeOf } from './copyToFile.js';
import type { OutputGate } from './OutputGate.js';
import type { PositionedFile } from './PositionedFile.js';
import { readBack } from './readBack.js';
import type { TemporaryFolder } from './TemporaryFolder.js';
import { texts } from './texts.js';

export interface OutputFileOptions {
  readonly gate: OutputGate;
  readonly temporary: TemporaryFolder;
  readonly signal: AbortSignal | undefined;
  /** A transform that all bytes pass through on the way to the file. */
  readonly through?: Transform | undefined;
}

export class OutputFile implements ByteSink, PositionedSink {
  /** The file under its temporary name. */
  readonly file: AtomicFile;
  readonly #sink: ByteSink & PositionedSink;
  readonly #output: string | Writable;
  readonly #options: OutputFileOptions;
  #bytes = 0;
  /** Settles once all output of the transform is in the file. */
  readonly #transformed: Promise<void> | undefined;

  private constructor(output: string | Writable, file: AtomicFile, options: OutputFileOptions) {
    this.file = file;
    this.#output = output;
    this.#options = options;
    this.#sink = fileSink(file.handle, file.path);
    const { through } = options;
    if (through !== undefined) {
      this.#transformed = handledLater(this.#takeFrom(through));
    }
  }

  static async open(output: string | Writable, options: OutputFileOptions): Promise<OutputFile> {
    const file =
      typeof output === 'string'
        ? await options.gate.file(output)
        : await AtomicFile.create(await options.temporary.newPath('output'));
    return new OutputFile(output, file, options);
  }

  async #takeFrom(through: Transform): Promise<void> {
    for await (const chunk of through) await this.#toFile(chunk as Buffer);
  }

  async #toFile(bytes: Buffer): Promise<void> {
    await this.#sink.write(bytes);
    this.#bytes += bytes.length;
  }

  async write(bytes: Buffer): Promise<void> {
    const { through } = this.#options;
    if (through === undefined) {
      await this.#toFile(bytes);
      return;
    }
    // The transform keeps its input, and the caller reuses its buffer.
    if (through.write(Buffer.from(bytes))) return;
    await Promise.race([once(through, 'drain'), this.#transformed]);
  }

  /** Writes to the file directly, bypassing the transform. */
  async writeAt(bytes: Buffer, position: number): Promise<void> {
    await this.#sink.writeAt(bytes, position);
    this.#bytes = Math.max(this.#bytes, position + bytes.length);
  }

  /** Writes to the file directly, bypassing the transform. */
  async copyFrom(source: PositionedFile, ranges: Float64Array, options: CopyOptions): Promise<void> {
    await this.#sink.copyFrom(source, ranges, options);
    this.#bytes = Math.max(this.#bytes, sizeOf(ranges));
  }

  /** Completes the file under its temporary name, flushed to disk. */
  async finish(): Promise<void> {
    this.#options.through?.end();
    await this.#transformed;
    await this.file.seal();
  }

  /** Gives the file its final name, or copies it to the stream. Returns its size in bytes. `flushName`: see `AtomicFile`. */
  async commit({ flushName = true } = {}): Promise<number> {
    await this.file.commit({ flushName });
    if (typeof this.#output !== 'string') await this.#handOver(this.#output);
    return this.#bytes;
  }

  async #handOver(output: Writable): Promise<void> {
    const { signal } = this.#options;
    const content = readBack(this.file.path, this.#bytes);
    try {
      await pipeline(content, output, { end: false, signal });
    } catch (error) {
      throw outputError(texts().standardOutput, error);
    }
  }

  async abort(): Promise<void> {
    this.#options.through?.destroy();
    await this.#transformed?.catch(() => undefined);
    await this.file.abort();
  }
}
