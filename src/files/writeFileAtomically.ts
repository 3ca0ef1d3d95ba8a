/** Writes a small file that appears whole or not at all. */
import { outputError } from '../core/systemErrors.js';
import { AtomicFile } from './AtomicFile.js';

/** Replaces an existing file. Flushed to disk before this resolves; only the owner can read it. */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  const file = await AtomicFile.create(path, { replace: true });
  try {
    await file.handle.writeFile(text);
    await file.commit();
  } catch (error) {
    await file.abort();
    throw outputError(path, error);
  }
}
