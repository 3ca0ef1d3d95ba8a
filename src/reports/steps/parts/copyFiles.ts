/** Copies the files, if the output holds only the database. */
import type { Step } from '../NextStep.js';

export const copyFiles: Step = ({ target }) => ({
  title: 'Copy the files from the old server: custom, data and the repositories',
  why: `The output holds the database alone. app.ini needs the names that Gogs ${target} reads: upgrade the whole backup for one that has them.`,
});
