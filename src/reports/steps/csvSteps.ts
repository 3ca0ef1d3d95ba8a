/** Steps after CSV files: Gogs creates the tables, and files come from the old server. */
import type { Step } from './NextStep.js';
import { copyFiles } from './parts/copyFiles.js';
import { createDatabase } from './parts/createDatabase.js';
import { resyncHooks, rewriteKeys } from './parts/hooksAndKeys.js';
import { bringSecretKey, install, start } from './parts/installAndStart.js';
import { copyLfsObjects } from './parts/lfsObjects.js';

const importCsv: Step = ({ output, target }) => ({
  title: `Load the CSV files of ${output}`,
  why: `One file a table, columns in the first line. Let Gogs ${target} make its tables first, then load the files by the database's own means.`,
});

export const CSV_STEPS: readonly Step[] = [
  install,
  createDatabase,
  importCsv,
  copyFiles,
  bringSecretKey,
  resyncHooks,
  rewriteKeys,
  copyLfsObjects,
  start,
];
