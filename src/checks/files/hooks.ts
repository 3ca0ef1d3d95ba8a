/** Git hooks in repositories.zip: they call Gogs by its path on the old server, and Git skips hooks that are not executable. */
import { danger } from '../../core/danger.js';
import { parseRepositoryPath } from '../../gogs/repositoryPaths.js';
import type { RepositoryFile, StartCheck } from '../Check.js';
import { texts } from './texts.js';

const SOURCE = 'internal/db/repo.go@v0.13.0: createDelegateHooks; gogs issues 5195, 7639';

export const HOOK_PATH = danger({
  code: 'hook-path',
  severity: 'info',
  words: () => texts().hookPath,
  needsHand: false,
  source: SOURCE,
});

export const HOOK_MODE = danger({
  code: 'hook-mode',
  severity: 'warning',
  words: () => texts().hookMode,
  needsHand: true,
  source: `${SOURCE}; os.WriteFile keeps the mode of a file that exists`,
});

const HOOK = /^(?:hooks|custom_hooks)\/(?:pre-receive|update|post-receive)$/;
const CALL = /^"?([^"\n]*?)"? (?:hook|update|serv)\b/m;
/** Real hooks have a few hundred bytes. */
const MOST_BYTES = 64 * 1024;
/** The number of different programs that are reported, and of hooks that are read: they are alike. */
const MOST_PROGRAMS = 20;
const MOST_READ = 2000;

export const hooks: StartCheck = ({ deep, notice }) => {
  if (!deep) return undefined;
  const programs = new Map<string, number>();
  let reads = 0;
  return {
    async seeRepositoryFile(file) {
      const path = parseRepositoryPath(file.name);
      if (path === undefined || !HOOK.test(path.rest)) return;
      if (file.mode !== 0 && (file.mode & 0o111) === 0) notice({ ...HOOK_MODE, place: JSON.stringify(file.name) });
      if (reads >= MOST_READ || path.rest.startsWith('custom_hooks/')) return;
      reads++;
      const program = await programOf(file);
      if (program !== undefined && (programs.has(program) || programs.size < MOST_PROGRAMS)) {
        programs.set(program, (programs.get(program) ?? 0) + 1);
      }
    },
    finish() {
      for (const [program, times] of programs) notice({ ...HOOK_PATH, times, place: JSON.stringify(program) });
    },
  };
};

async function programOf(file: RepositoryFile): Promise<string | undefined> {
  if (file.bytes > MOST_BYTES) return undefined;
  const program = CALL.exec((await file.read()).toString('utf8'))?.[1];
  return program === undefined || program === '' ? undefined : program.slice(0, 300);
}
