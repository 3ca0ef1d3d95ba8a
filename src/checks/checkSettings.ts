/** Every check that looks at app.ini. Each is one danger in a file of its own. */
import type { Notice } from '../findings.js';
import type { Facts } from '../gogs/facts.js';
import type { SettingChange } from '../gogs/settings.js';
import { databaseEngine } from './databaseEngine.js';
import { localNetwork } from './localNetwork.js';
import { logToFile } from './logToFile.js';
import { oldMachine } from './oldMachine.js';
import { relativePaths } from './relativePaths.js';
import { reverseProxy } from './reverseProxy.js';
import { runUser } from './runUser.js';
import { secretKey } from './secretKey.js';
import { settingsRenamed } from './settingsRenamed.js';

export interface SettingsToCheck {
  /** Of app.ini as it goes into the output. */
  readonly facts: Facts;
  readonly changes: readonly SettingChange[];
  /** The version that wrote the backup, if known. */
  readonly from: string | undefined;
  /** The version that is to restore it. */
  readonly to: string;
}

export function checkSettings({ facts, changes, from, to }: SettingsToCheck): Notice[] {
  return [
    ...databaseEngine(facts),
    ...secretKey(facts),
    ...reverseProxy(facts, to),
    ...settingsRenamed(changes),
    ...runUser(facts),
    ...logToFile(facts),
    ...localNetwork(facts, from),
    ...relativePaths(facts),
    ...oldMachine(facts),
  ];
}
