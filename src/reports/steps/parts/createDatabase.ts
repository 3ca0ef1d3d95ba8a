/** Creates the empty database, if the engine has a server. */
import { engineNamed } from '../../../engines/engineNamed.js';
import type { Step } from '../NextStep.js';
import { commandOf } from '../Situation.js';
import { texts } from '../texts.js';

export const createDatabase: Step = (situation) => {
  const { engine, facts } = situation;
  if (engine === undefined) return undefined;
  const { client, values } = engineNamed(engine);
  const words = client.createDatabase?.(facts?.databaseName ?? 'gogs');
  if (words === undefined) return undefined;
  const command = commandOf(situation, words);
  const { title, why, titleOfWide, whyWide } = texts().createDatabase;
  return values.wideCharacterSet === undefined
    ? { title, command, why }
    : { title: titleOfWide, command, why: whyWide };
};
