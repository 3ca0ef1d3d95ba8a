/** Starts every check of rows and files. Those of app.ini: checkSettings.ts. */

import type { Check, CheckContext, StartCheck } from './Check.js';
import { attachments } from './files/attachments.js';
import { avatars } from './files/avatars.js';
import { customFolder } from './files/customFolder.js';
import { hooks } from './files/hooks.js';
import { lfsObjects } from './files/lfsObjects.js';
import { repositories } from './files/repositories.js';
import { repositoriesFolder } from './files/repositoriesFolder.js';
import { accessTokens } from './rows/accessTokens.js';
import { fourByteCharacters } from './rows/fourByteCharacters.js';
import { localMirrors } from './rows/localMirrors.js';
import { localWebhooks } from './rows/localWebhooks.js';
import { loginSources } from './rows/loginSources.js';
import { longValues } from './rows/longValues.js';
import { mirrorsAtOnce } from './rows/mirrorsAtOnce.js';
import { missingKeys } from './rows/missingKeys.js';
import { notUtf8 } from './rows/notUtf8.js';
import { noUsers } from './rows/noUsers.js';
import { nulCharacters } from './rows/nulCharacters.js';
import { orphans } from './rows/orphans.js';
import { otherTypes } from './rows/otherTypes.js';
import { refusedSshKeys } from './rows/refusedSshKeys.js';
import { rememberNames } from './rows/rememberNames.js';
import { repeatedKeys } from './rows/repeatedKeys.js';
import { rowsWithoutId } from './rows/rowsWithoutId.js';
import { shortenedTimes } from './rows/shortenedTimes.js';
import { twoFactorSecrets } from './rows/twoFactorSecrets.js';
import { undeliveredTasks } from './rows/undeliveredTasks.js';
import { uniqueKeys } from './rows/uniqueKeys.js';
import { unknownColumns } from './rows/unknownColumns.js';

/** The order in which they see a row: rows left out early need no further checks. */
const CHECKS: readonly StartCheck[] = [
  rememberNames,
  otherTypes,
  noUsers,
  orphans,
  accessTokens,
  repeatedKeys,
  rowsWithoutId,
  missingKeys,
  notUtf8,
  nulCharacters,
  shortenedTimes,
  uniqueKeys,
  longValues,
  fourByteCharacters,
  loginSources,
  twoFactorSecrets,
  refusedSshKeys,
  undeliveredTasks,
  localWebhooks,
  mirrorsAtOnce,
  unknownColumns,
  lfsObjects,
  attachments,
  avatars,
  repositories,
  repositoriesFolder,
  hooks,
  localMirrors,
  customFolder,
];

/** Starts every check that has something to check. */
export function startChecks(context: CheckContext): Check[] {
  return CHECKS.map((start) => start(context)).filter((check) => check !== undefined);
}
