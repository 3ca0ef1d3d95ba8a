/** Loads the database as SQL with the client of its engine. */

import { engineNamed, isFileEngine } from '../../../engines/engineNamed.js';
import { shellOf } from '../../../gogs/settings/shellOf.js';
import type { Step } from '../NextStep.js';
import { commandOf, databaseName, type Situation, word } from '../Situation.js';
import { texts } from '../texts.js';

export const loadDatabase: Step = (situation) =>
  situation.sql === null
    ? undefined
    : {
        title: texts().loadDatabase.title,
        command: loadCommand(situation, situation.sql),
        why: texts().loadDatabase.why,
      };

export const loadOtherDatabase: Step = ({ filesOnly }) =>
  filesOnly ? { title: texts().loadDatabase.titleOfOther, why: texts().loadDatabase.whyOther } : undefined;

/** The command that loads a file into the new database, and stops at the first error. */
export function loadCommand(situation: Situation, file: string): string {
  const { engine = 'sqlite3', facts, access } = situation;
  const { client } = engineNamed(engine);
  const database = isFileEngine(engine) ? (facts?.databasePath ?? 'PATH/TO/gogs.db') : databaseName(situation);
  const isPacked = file.endsWith('.gz');
  const path = word(situation, file);
  // PowerShell has no `<`, and re-encodes piped text, so the clients read the file themselves.
  if (shellOf(situation) === 'powershell') {
    const load = commandOf(situation, client.readFile(database, file.replace(/\.gz$/, ''), access));
    return isPacked ? `gzip -d ${path}; ${load}` : load;
  }
  const load = commandOf(situation, client.readInput(database, access));
  return isPacked ? `gunzip -c ${path} | ${load}` : `${load} < ${path}`;
}
