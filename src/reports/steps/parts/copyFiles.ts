/** Copies the files, if the output holds only the database. */
import { isFileEngine } from '../../../engines/engineNamed.js';
import type { Step } from '../NextStep.js';
import { texts } from '../texts.js';

export const copyFiles: Step = ({ target, engine }) => {
  const { title, why, withoutDatabase } = texts().copyFiles;
  const reason = why({ release: target });
  return { title, why: isFileEngine(engine) ? `${withoutDatabase} ${reason}` : reason };
};
