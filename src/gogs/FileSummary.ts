/** Counts the files of an archive by purpose. */
import { ROOT } from './layout.js';

/** The purpose of the files in one folder. */
export interface FileGroup {
  /** `data/attachments`, `repositories.zip`, `other` */
  readonly name: string;
  readonly count: number;
  /** Inflated bytes when files are inspected, compressed bytes when they are carried over. */
  readonly bytes: number;
}

const GROUPS = [
  'custom',
  'data/attachments',
  'data/avatars',
  'data/repo-avatars',
  'data/lfs-objects',
  'data/ssh',
  'repositories.zip',
] as const;
const OTHER = 'other';

export class FileSummary {
  readonly #groups = new Map<string, { count: number; bytes: number }>();
  /** The group of the last file and the prefix of its names: adjacent files mostly share it. */
  #last = { beginning: '', group: { count: 0, bytes: 0 } };

  /** `name` as in a backup; folders are not counted. */
  add(name: string, bytes: number): void {
    if (name.endsWith('/')) return;
    const { beginning, group } = this.#last;
    const found = beginning !== '' && name.startsWith(beginning) ? group : this.#find(name);
    found.count++;
    found.bytes += bytes;
  }

  #find(name: string): { count: number; bytes: number } {
    const inside = name.startsWith(ROOT) ? name.slice(ROOT.length) : '';
    const groupName = GROUPS.find((candidate) => inside === candidate || inside.startsWith(`${candidate}/`));
    const group = this.#groups.get(groupName ?? OTHER) ?? { count: 0, bytes: 0 };
    this.#groups.set(groupName ?? OTHER, group);
    this.#last = { beginning: groupName === undefined ? '' : `${ROOT}${groupName}/`, group };
    return group;
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
