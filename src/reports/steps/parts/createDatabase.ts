/** Creates the empty database, if the engine has a server. */
import type { EngineClient } from '../../../engines/DatabaseEngine.js';
import { engineNamed } from '../../../engines/engineNamed.js';
import type { Step } from '../NextStep.js';
import { commandOf, databaseName, type Situation } from '../Situation.js';
import { texts } from '../texts.js';

export const createDatabase: Step = (situation) => {
  const { engine, access } = situation;
  if (engine === undefined) return undefined;
  const { client, values } = engineNamed(engine);
  const words = client.createDatabase?.(databaseName(situation), access);
  if (words === undefined) return undefined;
  const { title, why, titleOfWide, whyWide } = texts().createDatabase;
  const [heading, reason] = values.wideCharacterSet === undefined ? [title, why] : [titleOfWide, whyWide];
  return {
    title: heading,
    command: commandOf(situation, words),
    why: `${reason} ${rightsIn(situation, client.createUser)}`,
  };
};

/** Who creates the database, and who has to be allowed to use it. */
function rightsIn(situation: Situation, createUser: EngineClient['createUser']): string {
  const { user } = situation.access;
  const { byAdministrator, owner, allRights } = texts().createDatabase;
  if (user === undefined) return byAdministrator;
  return createUser === undefined
    ? allRights({ user })
    : owner({ user, command: commandOf(situation, createUser(user)) });
}
