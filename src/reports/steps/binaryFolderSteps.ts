/** Steps after the folder of a binary installation: everything is in place beside the program. */
import { shellOf } from '../../gogs/settings/shellOf.js';
import type { Step } from './NextStep.js';
import { createDatabase } from './parts/createDatabase.js';
import { lfsIntoFolder, loadScript, writeConfig } from './parts/folderSteps.js';
import { rewriteKeys } from './parts/hooksAndKeys.js';
import { start } from './parts/installAndStart.js';
import { folderOf, type Situation, word } from './Situation.js';
import { texts } from './texts.js';

/** Where the folder is on the new server. */
const homeOf = ({ layout }: Situation): string => layout?.program.replace(/\/gogs$/, '') ?? '';

const placeFolder: Step = (situation) => ({
  title: texts().placeProgram.title({ release: situation.target }),
  command: `cp PATH/TO/gogs ${word(situation, `${folderOf(situation)}/gogs`)}`,
  why: texts().placeProgram.why({ home: homeOf(situation) }),
});

const changeOwner: Step = (situation) => {
  const { output, facts } = situation;
  const user = facts?.runUser;
  if (user === undefined || user === 'root') return undefined;
  return {
    title: texts().giveAway.title({ user }),
    command: `chown -R ${word(situation, `${user}:`)} ${word(situation, output)}`,
    why: texts().giveAway.why({ user }),
  };
};

const folderKeys: Step = (situation) => {
  const step = rewriteKeys(situation);
  return step === undefined ? undefined : { ...step, command: inHome(situation, 'admin rewrite-authorized-keys') };
};

/** Gogs finds its configuration from its own path, and paths in it from where it is started. */
const inHome = (situation: Situation, command: string): string =>
  `cd ${word(situation, homeOf(situation))}${shellOf(situation) === 'posix' ? ' &&' : ';'} ./gogs ${command}`;

const startFolder: Step = (situation) => ({
  ...start(situation),
  title: texts().start.title,
  command: inHome(situation, 'web'),
  why: texts().start.inPlace,
});

export const BINARY_FOLDER_STEPS: readonly Step[] = [
  createDatabase,
  loadScript,
  writeConfig,
  placeFolder,
  lfsIntoFolder,
  // Last of what brings files into the folder.
  changeOwner,
  folderKeys,
  startFolder,
];
