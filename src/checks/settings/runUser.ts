/** Danger: Gogs refuses to run, and to restore, as a user other than the one in app.ini. */
import type { Notice } from '../../core/findings.js';
import type { SettingsToCheck } from '../Check.js';
import { texts } from './texts.js';

// conf/app.ini@v0.9.141 to @v0.14.3.
const DEFAULT_RUN_USER = 'git';

export function runUser({ facts, target: { program } }: Pick<SettingsToCheck, 'facts' | 'target'>): Notice[] {
  // Never on Windows: internal/conf/conf.go@v0.13.0.
  if (program.checksRunUser === 'when installed' && !facts.installLock) return [];
  const user = facts.runUser === undefined || facts.runUser === '' ? DEFAULT_RUN_USER : facts.runUser;
  const words = texts().runUser;
  return [
    {
      code: 'run-user',
      severity: 'info',
      title: words.title({ user }),
      consequence: words.consequence({ user }),
      remedy: words.remedy({ user }),
      needsHand: false,
      source: 'internal/conf/conf.go@v0.13.0: Init, CheckRunUser',
      place: `RUN_USER = ${user}`,
    },
  ];
}
