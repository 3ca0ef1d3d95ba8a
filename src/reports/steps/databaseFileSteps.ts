/** Steps after an SQLite database: it is put in place, and files come from the old server. */
import type { Step } from './NextStep.js';
import { copyFiles } from './parts/copyFiles.js';
import { resyncHooks, rewriteKeys } from './parts/hooksAndKeys.js';
import { install, start } from './parts/installAndStart.js';
import { copyLfsObjects } from './parts/lfsObjects.js';
import { word } from './Situation.js';
import { texts } from './texts.js';

const placeDatabase: Step = (situation) => ({
  ...texts().placeDatabase,
  // PowerShell has cp too, as an alias of Copy-Item.
  command: `cp ${word(situation, situation.output)} ${word(situation, situation.facts?.databasePath ?? 'PATH/TO/gogs.db')}`,
});

export const DATABASE_FILE_STEPS: readonly Step[] = [
  install,
  placeDatabase,
  copyFiles,
  resyncHooks,
  rewriteKeys,
  copyLfsObjects,
  start,
];
