/** Counts the files of an archive by what they are. */

/** What the files of one folder are for. */
export interface FileGroup {
  /** `data/attachments`, `repositories.zip`, `other` */
  readonly name: string;
  readonly count: number;
  /** Bytes: inflated when files are inspected, as they lie in the archive when they are carried over. */
  readonly bytes: number;
}

const GROUPS = [
  'custom',
  'data/attachments',
  'data/avatars',
  'data/repo-avatars',
  'data/ssh',
  'repositories.zip',
] as const;
const ROOT = 'gogs-backup/';
const OTHER = 'other';

export class FileSummary {
  readonly #groups = new Map<string, { count: number; bytes: number }>();

  /** `name` as in a backup; folders do not count. */
  add(name: string, bytes: number): void {
    if (name.endsWith('/')) return;
    const inside = name.startsWith(ROOT) ? name.slice(ROOT.length) : '';
    const group = GROUPS.find((candidate) => inside === candidate || inside.startsWith(`${candidate}/`)) ?? OTHER;
    const known = this.#groups.get(group);
    if (known === undefined) {
      this.#groups.set(group, { count: 1, bytes });
    } else {
      known.count++;
      known.bytes += bytes;
    }
  }

  has(group: (typeof GROUPS)[number]): boolean {
    return this.#groups.has(group);
  }

  list(): FileGroup[] {
    return [...GROUPS, OTHER].flatMap((name) => {
      const group = this.#groups.get(name);
      return group === undefined ? [] : [{ name, ...group }];
    });
  }
}
