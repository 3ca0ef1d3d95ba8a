/** Copies the files, if the output holds only the database. */
import type { Step } from '../NextStep.js';
import { texts } from '../texts.js';

export const copyFiles: Step = ({ target }) => ({
  title: texts().copyFiles.title,
  why: texts().copyFiles.why({ release: target }),
});
