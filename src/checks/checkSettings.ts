/** Runs every check of app.ini; each danger has a file of its own. */
import type { Notice } from '../core/findings.js';
import type { SettingsCheck, SettingsToCheck } from './Check.js';
import { cacheAdapter } from './settings/cacheAdapter.js';
import { databaseEngine } from './settings/databaseEngine.js';
import { dataPaths } from './settings/dataPaths.js';
import { emailNotifications } from './settings/emailNotifications.js';
import { httpPort } from './settings/httpPort.js';
import { localNetwork } from './settings/localNetwork.js';
import { logToFile } from './settings/logToFile.js';
import { oldMachine } from './settings/oldMachine.js';
import { postgresLogin } from './settings/postgresLogin.js';
import { relativePaths } from './settings/relativePaths.js';
import { reverseProxy } from './settings/reverseProxy.js';
import { runUser } from './settings/runUser.js';
import { secretKey } from './settings/secretKey.js';
import { settingsRenamed } from './settings/settingsRenamed.js';

const CHECKS: readonly SettingsCheck[] = [
  databaseEngine,
  postgresLogin,
  cacheAdapter,
  httpPort,
  emailNotifications,
  secretKey,
  reverseProxy,
  settingsRenamed,
  runUser,
  logToFile,
  localNetwork,
  dataPaths,
  relativePaths,
  oldMachine,
];

export const checkSettings = (settings: SettingsToCheck): Notice[] => CHECKS.flatMap((check) => check(settings));
