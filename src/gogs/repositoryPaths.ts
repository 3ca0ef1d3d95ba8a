/** Where repositories lie in repositories.zip: internal/repoutil/repoutil.go@v0.13.0, lower-case names throughout. */

export interface RepositoryPath {
  /** Top folder: the base name of [repository] ROOT. */
  readonly top: string;
  /** `alice/app.git`, `alice/app.wiki.git` */
  readonly repository: string;
  /** Path within the repository: `hooks/update`; empty for the repository's own folder. */
  readonly rest: string;
}

/** Undefined for an entry that lies in no repository. */
export function parseRepositoryPath(name: string): RepositoryPath | undefined {
  const match = /^([^/]+)\/([^/]+\/[^/]+\.git)(?:\/(.*))?$/s.exec(name);
  if (match === null) return undefined;
  const [, top = '', repository = '', rest = ''] = match;
  return { top, repository, rest };
}

/** `alice/app.wiki.git` → `alice/app.git`; any other path as it is. */
export const wikiOwner = (repository: string): string => repository.replace(/\.wiki\.git$/, '.git');
