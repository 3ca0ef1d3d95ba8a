/** Shows the checks what lies in repositories.zip, and counts it. */
import type { Check } from '../checks/Check.js';
import { parseRepositoryPath } from '../gogs/repositoryPaths.js';
import { type OpenRepositoriesOptions, openRepositories } from '../inputs/openRepositories.js';
import type { Source } from '../inputs/Source.js';

export interface Repositories {
  /** Repositories; wikis do not count. */
  readonly count: number;
  readonly files: number;
  /** Inflated. */
  readonly bytes: number;
}

/** Undefined when there is none. */
export async function lookIntoRepositories(
  source: Source,
  checks: readonly Check[],
  options: OpenRepositoriesOptions,
): Promise<Repositories | undefined> {
  if (source.files === undefined) return undefined;
  const zip = await openRepositories(source.files, options);
  if (zip === undefined) return undefined;
  const { signal } = options;
  try {
    let last = '';
    const found = { count: 0, files: 0, bytes: 0 };
    for (const entry of await zip.entries()) {
      signal?.throwIfAborted();
      const { name, mode, uncompressedSize: bytes } = entry;
      const file = { name, mode, bytes, read: () => zip.readBuffer(entry, bytes) };
      for (const check of checks) await check.seeRepositoryFile?.(file);
      const repository = parseRepositoryPath(name)?.repository ?? last;
      // Archives list a repository's entries together.
      if (repository !== last && !repository.endsWith('.wiki.git')) found.count++;
      last = repository;
      if (!entry.isDirectory) found.files++;
      found.bytes += bytes;
    }
    await zip.checkHeaders(signal);
    return found;
  } finally {
    await zip.close();
  }
}
