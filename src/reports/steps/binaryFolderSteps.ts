/** Steps after the folder of a binary installation: everything is in place beside the program. */
import type { Step } from './NextStep.js';
import { createDatabase } from './parts/createDatabase.js';
import { lfsIntoFolder, loadScript, writeConfig } from './parts/folderSteps.js';
import { rewriteKeys } from './parts/hooksAndKeys.js';
import { start } from './parts/installAndStart.js';
import { folderOf, word } from './Situation.js';
import { texts } from './texts.js';

const placeFolder: Step = (situation) => {
  const { layout, target } = situation;
  const home = layout?.program.replace(/\/gogs$/, '') ?? '';
  return {
    title: texts().placeProgram.title({ release: target }),
    command: `cp PATH/TO/gogs ${word(situation, `${folderOf(situation)}/gogs`)}`,
    why: texts().placeProgram.why({ home }),
  };
};

const changeOwner: Step = (situation) => {
  const { output, facts } = situation;
  const user = facts?.runUser;
  if (user === undefined || user === 'root') return undefined;
  return {
    title: texts().giveAway.title({ user }),
    command: `chown -R ${word(situation, `${user}:`)} ${word(situation, output)}`,
    why: texts().giveAway.why,
  };
};

const folderKeys: Step = (situation) => {
  const step = rewriteKeys(situation);
  return step === undefined ? undefined : { ...step, command: './gogs admin rewrite-authorized-keys' };
};

const startFolder: Step = (situation) => ({
  ...start(situation),
  title: texts().start.title,
  command: './gogs web',
  why: texts().start.inPlace,
});

export const BINARY_FOLDER_STEPS: readonly Step[] = [
  createDatabase,
  loadScript,
  writeConfig,
  placeFolder,
  changeOwner,
  lfsIntoFolder,
  folderKeys,
  startFolder,
];
