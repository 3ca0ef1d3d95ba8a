/**
 * Unpacks repositories.zip into the place that a layout has for repositories, and gives every repository the hooks that
 * `gogs admin resync-hooks` would give it on the new server.
 */
import { InputError } from '../core/errors.js';
import type { Notice } from '../core/findings.js';
import type { FolderSink } from '../files/FolderSink.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';
import { DELEGATE_HOOKS, type DelegateHook, delegateHook, isDelegateHook } from '../gogs/delegateHooks.js';
import type { ServerLayout } from '../gogs/serverLayout.js';
import { diskName } from './diskName.js';
import { inflatedContent } from './inflatedContent.js';
import { texts } from './texts.js';

export interface UnpackOptions {
  readonly layout: ServerLayout;
  /** `[repository] SCRIPT_TYPE` */
  readonly scriptType: string;
  /** The time that written hooks get. */
  readonly modified: Date;
  readonly notice: (notice: Notice) => void;
  readonly onFile: (entry: ZipEntry) => void;
}

/** `acme/core.git/hooks/update`: the repository, and the path in it. */
const IN_REPOSITORY = /^([^/]+\/[^/]+\.git)\/(.*)$/;
const HOOK_MODE = 0o755;
/** Hooks are scripts; what is larger is left as it is. */
const MAX_HOOK_BYTES = 1024 * 1024;

export async function unpackRepositories(zip: ZipReader, folder: FolderSink, options: UnpackOptions): Promise<void> {
  const { layout } = options;
  let top: string | undefined;
  let hooks: RepositoryHooks | undefined;
  for (const entry of await zip.entries()) {
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
    const [, repository, rest = ''] = IN_REPOSITORY.exec(path) ?? [];
    if (repository !== hooks?.repository) {
      await hooks?.finish(folder, options);
      hooks = repository === undefined ? undefined : new RepositoryHooks(repository);
    }
    const place = path === '' ? layout.repositories : `${layout.repositories}/${path}`;
    if (hooks !== undefined && (await hooks.take(zip, entry, rest))) continue;
    if (entry.isDirectory) folder.addFolder(place, entry);
    else if (entry.isSymlink) folder.addLink(place, (await zip.readBuffer(entry, MAX_HOOK_BYTES)).toString());
    else await folder.addFile(place, await inflatedContent(zip, entry), entry);
    options.onFile(entry);
  }
  await hooks?.finish(folder, options);
}

/** The hooks of one repository while its entries come. */
class RepositoryHooks {
  readonly repository: string;
  /** Hooks that people wrote, where Gogs puts its own since 0.10. */
  readonly #own = new Map<DelegateHook, Buffer>();

  constructor(repository: string) {
    this.repository = repository;
  }

  /** True for a hook that must not be unpacked as it is. */
  async take(zip: ZipReader, entry: ZipEntry, path: string): Promise<boolean> {
    const hook = DELEGATE_HOOKS.find((name) => path === `hooks/${name}`);
    if (hook === undefined) return false;
    if (entry.isDirectory || entry.isSymlink || entry.uncompressedSize > MAX_HOOK_BYTES) return true;
    const content = await zip.readBuffer(entry, MAX_HOOK_BYTES);
    if (content.length > 0 && !isDelegateHook(content.toString('latin1'))) this.#own.set(hook, content);
    return true;
  }

  async finish(folder: FolderSink, { layout, scriptType, modified, notice }: UnpackOptions): Promise<void> {
    const root = `${layout.repositories}/${this.repository}`;
    const traits = { mode: HOOK_MODE, modified };
    for (const hook of DELEGATE_HOOKS) {
      const content = delegateHook(hook, scriptType, layout.program, layout.config);
      await folder.addFile(`${root}/hooks/${hook}`, Buffer.from(content), traits);
      const own = this.#own.get(hook);
      if (own === undefined) continue;
      const kept = folder.has(`${root}/custom_hooks/${hook}`) ? `hooks/${hook}.old` : `custom_hooks/${hook}`;
      await folder.addFile(`${root}/${kept}`, own, traits);
      const words = texts().movedHook;
      notice({
        code: 'moved-hook',
        severity: 'warning',
        title: words.title,
        consequence: words.consequence,
        remedy: words.remedy,
        needsHand: false,
        source: 'models/migrations/v15.go@v0.10.18; internal/db/repo.go@v0.13.0: createDelegateHooks',
        place: texts().hookMoved({ repository: this.repository, hook, kept }),
      });
    }
  }
}
