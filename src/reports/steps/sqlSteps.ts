/** Steps after SQL: the whole database is loaded, and files come from the old server. */
import type { Step } from './NextStep.js';
import { copyFiles } from './parts/copyFiles.js';
import { createDatabase } from './parts/createDatabase.js';
import { resyncHooks, rewriteKeys } from './parts/hooksAndKeys.js';
import { bringSecretKey, install, start } from './parts/installAndStart.js';
import { copyLfsObjects } from './parts/lfsObjects.js';
import { loadDatabase } from './parts/loadDatabase.js';

export const SQL_STEPS: readonly Step[] = [
  install,
  createDatabase,
  loadDatabase,
  copyFiles,
  bringSecretKey,
  resyncHooks,
  rewriteKeys,
  copyLfsObjects,
  start,
];
