/** Copies the Git LFS objects, which no Gogs backs up. */
import { shellOf } from '../../../gogs/settings/shellOf.js';
import type { Step } from '../NextStep.js';
import { parentOf, rowsOf, type Situation, word } from '../Situation.js';
import { texts } from '../texts.js';

export const lfsFolder = ({ facts }: Situation): string =>
  facts?.lfsObjectsPath ?? `${facts?.appDataPath ?? 'data'}/lfs-objects`;

export const copyLfsObjects: Step = (situation) => {
  const count = rowsOf(situation, 'lfs_object');
  if (count === 0) return undefined;
  const path = lfsFolder(situation);
  return {
    title: texts().lfsObjects.copy({ count }),
    command:
      shellOf(situation) === 'posix'
        ? `rsync -a OLD-SERVER:${word(situation, `${path}/`)} ${word(situation, `${path}/`)}`
        : `scp -r ${word(situation, `OLD-SERVER:${path}`)} ${word(situation, parentOf(path))}`,
    why: texts().lfsObjects.inNoBackup,
  };
};
