/** A repositories.zip that unpacks to another folder than the one Gogs looks in. */
import { posix, win32 } from 'node:path';
import type { Danger, StartCheck } from '../Check.js';

export const REPOSITORIES_FOLDER: Danger = {
  code: 'repositories-folder',
  severity: 'error',
  title: 'repositories.zip unpacks to another folder than [repository] ROOT',
  consequence: 'The restore unpacks it beside ROOT under its own name: all repositories land where nobody looks.',
  remedy: 'Give ROOT the same last part (--set repository.ROOT=…), or rename the folder after the restore.',
  needsHand: true,
  source: 'internal/cmd/restore.go@v0.13.0: ExtractTo(reposPath, filepath.Dir(conf.Repository.Root)); measured',
};

export const repositoriesFolder: StartCheck = ({ format, facts, notice }) => {
  // Without an app.ini nobody knows where the new server keeps its repositories.
  if (format !== 'zip' || facts === undefined) return undefined;
  const root = facts.repositoryRoot;
  const tops = new Set<string>();
  return {
    seeRepositoriesFolder(top) {
      tops.add(top);
    },
    seeRepositoryFile({ name }) {
      if (tops.size < 10) tops.add(name.slice(0, name.indexOf('/')));
    },
    finish() {
      const wanted = repositoriesFolderName(root);
      for (const top of tops) {
        if (top !== wanted)
          notice({
            ...REPOSITORIES_FOLDER,
            place: `${JSON.stringify(top)}, and ROOT ends in ${JSON.stringify(wanted)}`,
          });
      }
    },
  };
};

/** The folder that repositories.zip has to unpack to. Where ROOT says nothing, it is "gogs-repositories" in the home folder. */
export const repositoriesFolderName = (root: string | undefined): string =>
  root === undefined || root === '' ? 'gogs-repositories' : baseName(root);

const baseName = (path: string): string =>
  /^[A-Za-z]:\\|\\\\/.test(path) ? win32.basename(path) : posix.basename(path);
