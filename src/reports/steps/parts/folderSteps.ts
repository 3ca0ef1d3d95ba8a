/** Steps that all server folders share. */
import { isFileEngine } from '../../../engines/engineNamed.js';
import { DATABASE_SCRIPT } from '../../../gogs/serverLayout.js';
import type { Step } from '../NextStep.js';
import { folderOf, word } from '../Situation.js';
import { texts } from '../texts.js';
import { copyLfsObjects } from './lfsObjects.js';
import { loadCommand } from './loadDatabase.js';

export const writeConfig: Step = ({ hasConfig }) => (hasConfig ? undefined : texts().writeConfig);

export const lfsIntoFolder: Step = (situation) => {
  const step = situation.files.has('data/lfs-objects') ? undefined : copyLfsObjects(situation);
  const folder = `${folderOf(situation)}/${situation.layout?.data ?? 'data'}/lfs-objects/`;
  return step && { ...step, command: `rsync -a OLD-SERVER:data/lfs-objects/ ${word(situation, folder)}` };
};

export const loadScript: Step = (situation) =>
  isFileEngine(situation.engine)
    ? undefined
    : {
        title: texts().loadDatabase.title,
        command: loadCommand(situation, `${folderOf(situation)}/${DATABASE_SCRIPT}`),
        why: texts().loadDatabase.inPlace,
      };
