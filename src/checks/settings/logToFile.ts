/**
 * Danger: with `[log] MODE = file` alone, a server that cannot start reports it only in its log file. (The restore itself
 * writes to the console: it initializes logging in hook mode, internal/cmd/restore.go@v0.13.0.)
 */
import type { Notice } from '../../core/findings.js';
import { listed } from '../../core/language.js';
import type { SettingsToCheck } from '../Check.js';
import { texts } from './texts.js';

export function logToFile({ facts }: Pick<SettingsToCheck, 'facts'>): Notice[] {
  if (facts.logModes.length === 0 || facts.logModes.includes('console')) return [];
  const directory = facts.logRootPath === undefined || facts.logRootPath === '' ? 'log' : facts.logRootPath;
  const words = texts().logToFile;
  const modes = listed(facts.logModes);
  return [
    {
      code: 'log-to-file',
      severity: 'info',
      title: words.title({ modes }),
      consequence: words.consequence,
      remedy: words.remedy({ folder: directory }),
      needsHand: false,
      source: 'internal/conf/log.go@v0.13.0: InitLogging removes the console logger when no mode asks for it',
      place: `[log] MODE = ${facts.logModes.join(', ')}`,
    },
  ];
}
