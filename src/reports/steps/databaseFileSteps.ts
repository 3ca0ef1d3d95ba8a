/** Steps after an SQLite database: files come from the old server, and it is put in its place among them. */
import type { Step } from './NextStep.js';
import { copyFiles } from './parts/copyFiles.js';
import { resyncHooks, rewriteKeys } from './parts/hooksAndKeys.js';
import { bringSecretKey, install, start } from './parts/installAndStart.js';
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
  // Before the database: the old data folder holds one of the same name.
  copyFiles,
  bringSecretKey,
  placeDatabase,
  resyncHooks,
  rewriteKeys,
  copyLfsObjects,
  start,
];
