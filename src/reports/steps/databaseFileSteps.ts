/** Steps after an SQLite database: it is put in place, and files come from the old server. */
import type { Step } from './NextStep.js';
import { copyFiles } from './parts/copyFiles.js';
import { resyncHooks, rewriteKeys } from './parts/hooksAndKeys.js';
import { install, start } from './parts/installAndStart.js';
import { copyLfsObjects } from './parts/lfsObjects.js';
import { word } from './Situation.js';

const placeDatabase: Step = (situation) => ({
  title: 'Put the database file where the new Gogs looks for it',
  // PowerShell has cp too, as an alias of Copy-Item.
  command: `cp ${word(situation, situation.output)} ${word(situation, situation.facts?.databasePath ?? 'PATH/TO/gogs.db')}`,
  why: 'The path is [database] PATH in app.ini. Stop Gogs first, and give the file to the account that Gogs runs as.',
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
