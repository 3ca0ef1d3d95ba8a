import { posix, win32 } from 'node:path';

/** The folder name that repositories.zip must have. If ROOT is not set, it is "gogs-repositories" in the home folder. */
export const repositoriesFolderName = (root: string | undefined): string =>
  root === undefined || root === '' ? 'gogs-repositories' : baseName(root);

const baseName = (path: string): string =>
  /^(?:[A-Za-z]:\\|\\\\)/.test(path) ? win32.basename(path) : posix.basename(path);
