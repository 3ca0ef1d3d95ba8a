/** Every check that looks at rows and files. Those of app.ini: checkSettings.ts. */
import { accessTokens } from './accessTokens.js';
import { attachments } from './attachments.js';
import { avatars } from './avatars.js';
import type { Check, CheckContext, StartCheck } from './Check.js';
import { customFolder } from './customFolder.js';
import { fourByteCharacters } from './fourByteCharacters.js';
import { hooks } from './hooks.js';
import { lfsObjects } from './lfsObjects.js';
import { localMirrors } from './localMirrors.js';
import { localWebhooks } from './localWebhooks.js';
import { loginSources } from './loginSources.js';
import { longValues } from './longValues.js';
import { mirrorsAtOnce } from './mirrorsAtOnce.js';
import { missingKeys } from './missingKeys.js';
import { nulCharacters } from './nulCharacters.js';
import { orphans } from './orphans.js';
import { repositories } from './repositories.js';
import { repositoriesFolder } from './repositoriesFolder.js';
import { twoFactorSecrets } from './twoFactorSecrets.js';
import { undeliveredTasks } from './undeliveredTasks.js';
import { uniqueKeys } from './uniqueKeys.js';

/** In the order in which they see a row: what is left out early needs no further look. */
const CHECKS: readonly StartCheck[] = [
  orphans,
  accessTokens,
  missingKeys,
  nulCharacters,
  uniqueKeys,
  longValues,
  fourByteCharacters,
  loginSources,
  twoFactorSecrets,
  undeliveredTasks,
  localWebhooks,
  mirrorsAtOnce,
  lfsObjects,
  attachments,
  avatars,
  repositories,
  repositoriesFolder,
  hooks,
  localMirrors,
  customFolder,
];

/** Starts every check that has something to look for. */
export function startChecks(context: CheckContext): Check[] {
  return CHECKS.map((start) => start(context)).filter((check) => check !== undefined);
}
