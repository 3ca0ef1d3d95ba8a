/** Creates the empty database, if the engine has a server. */
import { engineNamed } from '../../../engines/engineNamed.js';
import type { Step } from '../NextStep.js';
import { commandOf } from '../Situation.js';

export const createDatabase: Step = (situation) => {
  const { engine, facts } = situation;
  if (engine === undefined) return undefined;
  const { client, values } = engineNamed(engine);
  const words = client.createDatabase?.(facts?.databaseName ?? 'gogs');
  if (words === undefined) return undefined;
  const command = commandOf(situation, words);
  return values.wideCharacterSet === undefined
    ? { title: 'Create an empty database', command, why: 'The restore makes its tables, but not the database.' }
    : {
        title: 'Create an empty database that takes all characters',
        command,
        why: 'With the character set utf8 (three bytes at most) the restore stops at the first emoji.',
      };
};
