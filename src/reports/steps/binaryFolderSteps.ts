/** Steps after the folder of a binary installation: everything is in place beside the program. */
import type { Step } from './NextStep.js';
import { createDatabase } from './parts/createDatabase.js';
import { lfsIntoFolder, loadScript, writeConfig } from './parts/folderSteps.js';
import { rewriteKeys } from './parts/hooksAndKeys.js';
import { start } from './parts/installAndStart.js';
import { folderOf, word } from './Situation.js';

const placeFolder: Step = (situation) => {
  const { layout, target } = situation;
  const home = layout?.program.replace(/\/gogs$/, '') ?? '';
  return {
    title: `Put the program of Gogs ${target} into the folder`,
    command: `cp PATH/TO/gogs ${word(situation, `${folderOf(situation)}/gogs`)}`,
    why: `The hooks of all repositories call ${home}/gogs: the folder has to lie at ${home}. After a move elsewhere run "./gogs admin resync-hooks" there.`,
  };
};

const giveAway: Step = (situation) => {
  const { output, facts } = situation;
  const user = facts?.runUser;
  if (user === undefined || user === 'root') return undefined;
  return {
    title: `Give the folder to ${user}`,
    command: `chown -R ${word(situation, `${user}:`)} ${word(situation, output)}`,
    why: 'Gogs runs as the RUN_USER of app.ini, and writes into the whole folder.',
  };
};

const folderKeys: Step = (situation) => {
  const step = rewriteKeys(situation);
  return step === undefined ? undefined : { ...step, command: './gogs admin rewrite-authorized-keys' };
};

const startFolder: Step = (situation) => ({
  ...start(situation),
  title: 'Start Gogs and look around',
  command: './gogs web',
  why: 'Everything is in its place: nothing is restored. Sign in, clone and push once. Keep the old server until then.',
});

export const BINARY_FOLDER_STEPS: readonly Step[] = [
  createDatabase,
  loadScript,
  writeConfig,
  placeFolder,
  giveAway,
  lfsIntoFolder,
  folderKeys,
  startFolder,
];
