/** Every check that looks at app.ini. Each is one danger in a file of its own. */
import type { Notice } from '../core/findings.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import type { Facts } from '../gogs/settings/facts.js';
import type { SettingChange } from '../gogs/settings/upgradeSettings.js';
import { cacheAdapter } from './settings/cacheAdapter.js';
import { databaseEngine } from './settings/databaseEngine.js';
import { httpPort } from './settings/httpPort.js';
import { localNetwork } from './settings/localNetwork.js';
import { logToFile } from './settings/logToFile.js';
import { oldMachine } from './settings/oldMachine.js';
import { relativePaths } from './settings/relativePaths.js';
import { reverseProxy } from './settings/reverseProxy.js';
import { runUser } from './settings/runUser.js';
import { secretKey } from './settings/secretKey.js';
import { settingsRenamed } from './settings/settingsRenamed.js';

export interface SettingsToCheck {
  /** Of app.ini as it goes into the output. */
  readonly facts: Facts;
  readonly changes: readonly SettingChange[];
  /** The version that wrote the backup, if known. */
  readonly from: string | undefined;
  /** The release that is to restore it. */
  readonly target: Target;
}

export function checkSettings({ facts, changes, from, target }: SettingsToCheck): Notice[] {
  return [
    ...databaseEngine(facts, target),
    ...cacheAdapter(facts, target),
    ...httpPort(facts, target),
    ...secretKey(facts, target),
    ...reverseProxy(facts, target),
    ...settingsRenamed(changes),
    ...runUser(facts, target),
    ...logToFile(facts),
    ...localNetwork(facts, from, target),
    ...relativePaths(facts),
    ...oldMachine(facts),
  ];
}
