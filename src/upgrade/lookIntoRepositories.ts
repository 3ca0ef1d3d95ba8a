/** Shows the contents of repositories.zip to the checks, and counts them. */
import type { Check } from '../checks/Check.js';
import { parseRepositoryPath } from '../gogs/repositoryPaths.js';
import { type OpenRepositoriesOptions, openRepositories } from '../inputs/openRepositories.js';
import type { Source } from '../inputs/Source.js';

export interface Repositories {
  /** Number of repositories, without wikis. */
  readonly count: number;
  readonly files: number;
  /** Inflated size. */
  readonly bytes: number;
}

/** Undefined if there is no repositories.zip. */
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
    // By name, because zip programs may scatter the entries of a repository over the archive.
    const repositories = new Set<string>();
    const found = { files: 0, bytes: 0 };
    for (const entry of zip.entries) {
      signal?.throwIfAborted();
      const { name, mode, uncompressedSize: bytes } = entry;
      const file = { name, mode, bytes, read: () => zip.readBuffer(entry, bytes) };
      for (const check of checks) await check.seeRepositoryFile?.(file);
      const repository = parseRepositoryPath(name)?.repository;
      if (repository !== undefined && !repository.endsWith('.wiki.git')) repositories.add(repository);
      if (!entry.isDirectory) found.files++;
      found.bytes += bytes;
    }
    await zip.checkHeaders(signal);
    return { count: repositories.size, ...found };
  } finally {
    await zip.close();
  }
}
