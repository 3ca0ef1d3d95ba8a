/** Tells by content what an input is, and opens it. */
import type { Readable } from 'node:stream';
import { ZipReader } from '../formats/zip/ZipReader.js';
import { GogsBackup } from './GogsBackup.js';
import type { Source } from './Source.js';
import { spoolStream } from './spoolStream.js';
import type { TemporaryFolder } from './TemporaryFolder.js';

/** Longest row that is read, unless more is allowed. */
export const DEFAULT_MAX_ROW_BYTES = 256 * 1024 * 1024;

export interface OpenSourceOptions {
  readonly temporary: TemporaryFolder;
  /** Longest row that is accepted. Default 256 MiB. */
  readonly maxRowBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A path, or a stream that is first kept in a temporary file: a zip's directory stands at its end. */
export async function openSource(input: string | Readable, options: OpenSourceOptions): Promise<Source> {
  const { temporary, maxRowBytes = DEFAULT_MAX_ROW_BYTES, signal } = options;
  const name = typeof input === 'string' ? input : 'standard input';
  const path = typeof input === 'string' ? input : await spoolStream(input, await temporary.newPath('input'), signal);
  const zip = await ZipReader.open(path, { name, ...(signal === undefined ? {} : { signal }) });
  try {
    return await GogsBackup.open(name, zip, maxRowBytes);
  } catch (error) {
    await zip.close();
    throw error;
  }
}
