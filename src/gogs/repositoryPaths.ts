/** Paths of repositories in repositories.zip: internal/repoutil/repoutil.go@v0.13.0. All names are lower case. */

export interface RepositoryPath {
  /** Top folder: the base name of [repository] ROOT. */
  readonly top: string;
  /** `alice/app.git`, `alice/app.wiki.git` */
  readonly repository: string;
  /** Path within the repository: `hooks/update`; empty for the folder of the repository. */
  readonly rest: string;
}

/** Undefined for an entry outside of repositories. */
export function parseRepositoryPath(name: string): RepositoryPath | undefined {
  const match = /^([^/]+)\/([^/]+\/[^/]+\.git)(?:\/(.*))?$/s.exec(name);
  if (match === null) return undefined;
  const [, top = '', repository = '', rest = ''] = match;
  return { top, repository, rest };
}

/** `alice/app.wiki.git` → `alice/app.git`; other paths are returned unchanged. */
export const wikiOwner = (repository: string): string => repository.replace(/\.wiki\.git$/, '.git');
