/**
 * Unpacks repositories.zip into the repositories folder of a layout, and gives every repository the hooks that `gogs admin
 * resync-hooks` would give it on the new server.
 */
import { setImmediate } from 'node:timers/promises';
import { InputError } from '../core/errors.js';
import type { Notice } from '../core/findings.js';
import type { FileTraits, FolderSink } from '../files/FolderSink.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';
import { DELEGATE_HOOKS, type DelegateHook, delegateHook, isDelegateHook } from '../gogs/delegateHooks.js';
import type { ServerLayout } from '../gogs/serverLayout.js';
import { diskName } from './diskName.js';
import { texts } from './texts.js';
import { unpackEntry } from './unpackEntry.js';

export interface UnpackOptions {
  readonly layout: ServerLayout;
  /** `[repository] SCRIPT_TYPE` */
  readonly scriptType: string;
  /** The time of the hooks that are written. */
  readonly modified: Date;
  readonly notice: (notice: Notice) => void;
  readonly onFile: (entry: ZipEntry) => void;
  readonly signal: AbortSignal | undefined;
}

/** `acme/core.git/hooks/update`: the repository, and the path in it. */
const IN_REPOSITORY = /^([^/]+\/[^/]+\.git)\/(.*)$/;
const HOOKS = 'hooks/';
const HOOK_MODE = 0o755;
/** Gogs' own hooks have a few hundred bytes. */
const MAX_HOOK_BYTES = 64 * 1024;
/** Longer than any path that a file system allows. */
const LONGEST_TARGET = 64 * 1024;
const ENTRIES_AT_ONCE = 256;

export async function unpackRepositories(zip: ZipReader, folder: FolderSink, options: UnpackOptions): Promise<void> {
  const { layout, signal } = options;
  const hooks = new Hooks(folder, options);
  let top: string | undefined;
  for (const entry of zip.entries) {
    const name = diskName(entry);
    const slash = name.indexOf('/');
    top ??= name.slice(0, slash + 1);
    if (slash < 0 || !name.startsWith(top)) {
      throw new InputError(
        texts().besideRepositories({
          path: zip.path,
          entry: JSON.stringify(entry.name),
          folder: JSON.stringify(top),
        }),
      );
    }
    const path = name.slice(top.length);
    const place = path === '' ? layout.repositories : `${layout.repositories}/${path}`;
    const hook = hooks.enter(path);
    if (entry.isDirectory) {
      folder.addFolder(place, entry);
    } else if (hook !== undefined) {
      if (!(await isWrittenByGogs(zip, entry))) hooks.keep(hook, entry);
    } else if (entry.isSymlink) {
      folder.addLink(place, await targetOf(zip, entry));
    } else {
      const waiting = unpackEntry(zip, entry, folder, place);
      if (waiting !== undefined) await waiting;
    }
    if (entry.index % ENTRIES_AT_ONCE === 0) {
      // Yield to timers and signals, because most of this loop does not wait.
      await setImmediate();
      signal?.throwIfAborted();
    }
    options.onFile(entry);
  }
  await hooks.finish(zip);
}

async function isWrittenByGogs(zip: ZipReader, entry: ZipEntry): Promise<boolean> {
  if (entry.isSymlink || entry.uncompressedSize > MAX_HOOK_BYTES) return false;
  const content = zip.readInMemory(entry) ?? (await zip.readBuffer(entry, MAX_HOOK_BYTES));
  return content.length === 0 || isDelegateHook(content.toString('latin1'));
}

const targetOf = async (zip: ZipReader, entry: ZipEntry): Promise<string> =>
  (await zip.readBuffer(entry, LONGEST_TARGET)).toString();

/** A custom hook in the place where Gogs puts its own since 0.10. */
interface FormerHook {
  readonly repository: string;
  readonly hook: DelegateHook;
  readonly entry: ZipEntry;
}

/** Writes Gogs' hooks with the first entry of a repository, and at the end the custom hooks that were in their place. */
class Hooks {
  readonly #folder: FolderSink;
  readonly #options: UnpackOptions;
  readonly #contents: readonly (readonly [DelegateHook, Buffer])[];
  /** The entries of a repository need not be adjacent in the archive. */
  readonly #repositories = new Set<string>();
  readonly #former: FormerHook[] = [];
  /** The repository of the last entry; empty if none. */
  #repository = '';

  constructor(folder: FolderSink, options: UnpackOptions) {
    this.#folder = folder;
    this.#options = options;
    const { scriptType, layout } = options;
    this.#contents = DELEGATE_HOOKS.map((hook) => [
      hook,
      Buffer.from(delegateHook(hook, scriptType, layout.program, layout.config)),
    ]);
  }

  /** The hook at a path; undefined for any other path. */
  enter(path: string): DelegateHook | undefined {
    const { length } = this.#repository;
    const stays = length > 0 && path[length] === '/' && path.startsWith(this.#repository);
    if (!stays) this.#begin(IN_REPOSITORY.exec(path)?.[1] ?? '');
    const start = this.#repository.length + 1;
    if (this.#repository === '' || !path.startsWith(HOOKS, start)) return undefined;
    return DELEGATE_HOOKS.find((name) => path.length === start + HOOKS.length + name.length && path.endsWith(name));
  }

  #begin(repository: string): void {
    this.#repository = repository;
    if (repository === '' || this.#repositories.has(repository)) return;
    this.#repositories.add(repository);
    const { layout, modified } = this.#options;
    for (const [hook, content] of this.#contents) {
      const path = `${layout.repositories}/${repository}/${HOOKS}${hook}`;
      this.#folder.addFile(path, content, { mode: HOOK_MODE, modified });
    }
  }

  keep(hook: DelegateHook, entry: ZipEntry): void {
    this.#former.push({ repository: this.#repository, hook, entry });
  }

  async finish(zip: ZipReader): Promise<void> {
    const { layout, notice } = this.#options;
    for (const { repository, hook, entry } of this.#former) {
      const root = `${layout.repositories}/${repository}`;
      const kept = this.#folder.has(`${root}/custom_hooks/${hook}`) ? `hooks/${hook}.old` : `custom_hooks/${hook}`;
      if (entry.isSymlink) this.#folder.addLink(`${root}/${kept}`, await targetOf(zip, entry));
      else await unpackEntry(zip, entry, this.#folder, `${root}/${kept}`, traitsOf(entry));
      const words = texts().movedHook;
      notice({
        code: 'moved-hook',
        severity: 'warning',
        title: words.title,
        consequence: words.consequence,
        remedy: words.remedy,
        needsHand: false,
        source: 'models/migrations/v15.go@v0.10.18; internal/db/repo.go@v0.13.0: createDelegateHooks',
        place: texts().hookMoved({ repository, hook, kept }),
      });
    }
  }
}

/** An entry without a mode comes from a system without executable bits, so its hooks are executable. */
const traitsOf = ({ mode, modified }: ZipEntry): FileTraits => ({ mode: mode || HOOK_MODE, modified });
