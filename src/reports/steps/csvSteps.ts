/** Steps after CSV files: Gogs creates the tables, and files come from the old server. */
import type { Step } from './NextStep.js';
import { copyFiles } from './parts/copyFiles.js';
import { createDatabase } from './parts/createDatabase.js';
import { resyncHooks, rewriteKeys } from './parts/hooksAndKeys.js';
import { bringSecretKey, install, start } from './parts/installAndStart.js';
import { copyLfsObjects } from './parts/lfsObjects.js';
import { texts } from './texts.js';

const importCsv: Step = ({ output, target }) => ({
  title: texts().importCsv.title({ output }),
  why: texts().importCsv.why({ release: target }),
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
