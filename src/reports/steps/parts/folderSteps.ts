/** Steps that all server folders share. */
import { isFileEngine } from '../../../engines/engineNamed.js';
import { DATABASE_SCRIPT } from '../../../gogs/serverLayout.js';
import type { Step } from '../NextStep.js';
import { folderOf, word } from '../Situation.js';
import { copyLfsObjects } from './lfsObjects.js';
import { loadCommand } from './loadDatabase.js';

export const writeConfig: Step = ({ hasConfig }) =>
  hasConfig
    ? undefined
    : {
        title: 'Write app.ini, with the SECRET_KEY of the old server',
        why: 'The input has none. Without it Gogs shows its install page; with another key nobody with two-factor authentication can sign in.',
      };

export const lfsIntoFolder: Step = (situation) => {
  const step = situation.files.has('data/lfs-objects') ? undefined : copyLfsObjects(situation);
  const folder = `${folderOf(situation)}/${situation.layout?.data ?? 'data'}/lfs-objects/`;
  return step && { ...step, command: `rsync -a OLD-SERVER:data/lfs-objects/ ${word(situation, folder)}` };
};

export const loadScript: Step = (situation) =>
  isFileEngine(situation.engine)
    ? undefined
    : {
        title: 'Load the database',
        command: loadCommand(situation, `${folderOf(situation)}/${DATABASE_SCRIPT}`),
        why: 'Everything else is in place. See that HOST, NAME, USER and PASSWORD in [database] of the new app.ini are those of this server.',
      };
