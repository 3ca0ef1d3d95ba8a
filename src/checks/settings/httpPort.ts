/** Danger: a port that is not a number, for a target that reads it as one. */
import type { Notice } from '../../core/findings.js';
import type { SettingsToCheck } from '../Check.js';
import { texts } from './texts.js';

export function httpPort({
  facts: { httpPort: port },
  target: { name, program },
}: Pick<SettingsToCheck, 'facts' | 'target'>): Notice[] {
  if (!program.needsNumericPort || port === undefined || /^\s*\d*\s*$/.test(port)) return [];
  const words = texts().httpPort;
  return [
    {
      code: 'http-port',
      severity: 'error',
      title: words.title({ port: JSON.stringify(port), release: name }),
      consequence: words.consequence,
      remedy: words.remedy,
      needsHand: true,
      source: 'internal/conf/static.go@eb1054e54 (0.15.0+dev); setWithProperType in struct.go of go-ini@v1.67.0',
      place: `[server] HTTP_PORT = ${port}`,
    },
  ];
}
