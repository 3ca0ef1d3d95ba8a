/** Converts a file from another character set to UTF-8, as a stream. */

import { Transform, type TransformCallback } from 'node:stream';
import { InputError, UsageError } from '../core/errors.js';
import { texts } from './texts.js';

const LF = 0x0a;

/** Windows-1252 where it differs from ISO-8859-1: https://encoding.spec.whatwg.org/index-windows-1252.txt */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Throws UsageError for a label that Node does not know: https://encoding.spec.whatwg.org/#names-and-labels */
export function checkEncoding(label: string): void {
  try {
    new TextDecoder(label);
  } catch (error) {
    throw new UsageError(texts().unknownEncoding({ label }), { cause: error });
  }
}

/** UTF-16 recognized by its byte order mark, as PowerShell's `>` and spreadsheets write it. */
export function utf16Label(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined;
}

/**
 * `file` is the name of the file in messages. `labelOf` is called with the first chunk and returns undefined to pass the bytes
 * through unchanged. Fails with InputError if the bytes are not valid in that character set.
 */
export class TranscodeToUtf8 extends Transform {
  #label: string | undefined;
  #decode: ((chunk?: Buffer) => string) | undefined;
  #hasBegun = false;
  #line = 1;

  constructor(
    private readonly file: string,
    private readonly labelOf: (head: Buffer) => string | undefined,
  ) {
    super();
  }

  /** The character set of the input. */
  get label(): string | undefined {
    return this.#label;
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.#convert(done, chunk);
  }

  override _flush(done: TransformCallback): void {
    this.#convert(done);
  }

  #convert(done: TransformCallback, chunk?: Buffer): void {
    if (chunk !== undefined && !this.#hasBegun) {
      this.#hasBegun = true;
      this.#label = this.labelOf(chunk);
      this.#decode = this.#label === undefined ? undefined : decoderOf(this.#label);
    }
    if (this.#decode === undefined || this.#label === undefined) {
      done(null, chunk);
      return;
    }
    let text: string;
    try {
      text = this.#decode(chunk);
    } catch (error) {
      const line = this.#line + (chunk === undefined ? 0 : linesBeforeFault(chunk, this.#label));
      const at = { file: this.file, line, label: this.#label };
      done(new InputError(texts().otherEncoding(at), { cause: error }));
      return;
    }
    if (chunk !== undefined) this.#line += linesIn(chunk);
    done(null, Buffer.from(text));
  }
}

function decoderOf(label: string): (chunk?: Buffer) => string {
  const decoder = new TextDecoder(label, { fatal: true });
  if (decoder.encoding !== 'windows-1252') {
    return (chunk) => (chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }));
  }
  // Node 20 decodes it as ISO-8859-1.
  return (chunk) =>
    chunk === undefined
      ? ''
      : chunk.toString('latin1').replaceAll(/[\x80-\x9f]/g, (byte) => WINDOWS_1252[byte.charCodeAt(0) - 0x80] ?? byte);
}

function linesIn(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) lines++;
  return lines;
}

/** The number of lines of the chunk that can be decoded alone: close enough to locate the fault. */
function linesBeforeFault(chunk: Buffer, label: string): number {
  let lines = 0;
  let start = 0;
  for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, start)) {
    try {
      new TextDecoder(label, { fatal: true }).decode(chunk.subarray(start, at));
    } catch {
      // The first line may begin in the previous chunk.
      if (start > 0) return lines;
    }
    start = at + 1;
    lines++;
  }
  return lines;
}
