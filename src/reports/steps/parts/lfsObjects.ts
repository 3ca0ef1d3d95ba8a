/** Copies the Git LFS objects, which no Gogs backs up. */
import { plural } from '../../../core/format.js';
import type { Step } from '../NextStep.js';
import { parentOf, rowsOf, type Situation, shellOf, word } from '../Situation.js';

/** `3 Git LFS objects`; undefined for a server without any. */
export function lfsObjectsOf(situation: Situation): string | undefined {
  const objects = rowsOf(situation, 'lfs_object');
  return objects === 0 ? undefined : plural(objects, 'Git LFS object');
}

export const lfsFolder = ({ facts }: Situation): string =>
  facts?.lfsObjectsPath ?? `${facts?.appDataPath ?? 'data'}/lfs-objects`;

export const copyLfsObjects: Step = (situation) => {
  const objects = lfsObjectsOf(situation);
  if (objects === undefined) return undefined;
  const path = lfsFolder(situation);
  return {
    title: `Copy the ${objects} from the old server`,
    command:
      shellOf(situation) === 'posix'
        ? `rsync -a OLD-SERVER:${word(situation, `${path}/`)} ${word(situation, `${path}/`)}`
        : `scp -r ${word(situation, `OLD-SERVER:${path}`)} ${word(situation, parentOf(path))}`,
    why: 'No backup contains them. The folder is [lfs] OBJECTS_PATH, with files such as 2/d/2d71….',
  };
};
