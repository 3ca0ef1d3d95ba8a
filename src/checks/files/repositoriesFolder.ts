/** Reports a repositories.zip that unpacks to another folder than [repository] ROOT. */

import { danger } from '../../core/danger.js';
import { repositoriesFolderName } from '../../gogs/repositoriesFolderName.js';
import type { StartCheck } from '../Check.js';
import { texts } from './texts.js';

export const REPOSITORIES_FOLDER = danger({
  code: 'repositories-folder',
  severity: 'error',
  words: () => texts().repositoriesFolder,
  needsHand: true,
  source: 'internal/cmd/restore.go@v0.13.0: ExtractTo(reposPath, filepath.Dir(conf.Repository.Root)); measured',
});

export const repositoriesFolder: StartCheck = ({ format, facts, notice }) => {
  // Without an app.ini, the location of the new server's repositories is unknown.
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
            place: placeOfFolder(top, wanted),
          });
      }
    },
  };
};

/** `"repositories", and ROOT ends in "git"` */
export const placeOfFolder = (folder: string, root: string): string =>
  texts().folderAndRoot({ folder: JSON.stringify(folder), root: JSON.stringify(root) });
