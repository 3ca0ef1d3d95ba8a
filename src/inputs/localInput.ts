/** Makes an input available for random access and repeated reading. */
import { createReadStream, type Stats, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { InputError } from '../core/errors.js';
import { standardInput } from '../core/standardInput.js';
import { inputError } from '../core/systemErrors.js';
import { spoolStream } from '../files/spoolStream.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import { texts } from './texts.js';

/** A file or a folder. */
export interface LocalInput {
  /** The name the user gave. */
  readonly name: string;
  readonly path: string;
}

/**
 * Streams and pipes are copied to a temporary file, because a zip's directory is at its end, and SQL is read twice. Throws
 * InputError if the input does not exist, is empty, or is neither a file nor a folder.
 */
export async function localInput(
  input: string | Readable,
  { temporary, signal }: { readonly temporary: TemporaryFolder; readonly signal?: AbortSignal | undefined },
): Promise<LocalInput> {
  const spool = async (name: string, stream: Readable): Promise<LocalInput> => ({
    name,
    path: await spoolStream(name, stream, await temporary.newPath('input'), signal),
  });
  if (typeof input !== 'string') return spool(standardInput(), input);
  const found = await statInput(input, input);
  if (found.isFile() || found.isDirectory()) return { name: input, path: input };
  if (found.isFIFO()) return spool(input, createReadStream(input));
  throw new InputError(texts().neitherFileNorFolder({ input }));
}

/** Throws InputError if it does not exist or is empty. */
export async function statInput(name: string, path: string): Promise<Stats> {
  try {
    const found = statSync(path);
    if (found.isFile() && found.size === 0) {
      throw new InputError(texts().emptyFile({ name }));
    }
    return found;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw inputError(name, error);
  }
}
