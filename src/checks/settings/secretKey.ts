/**
 * Danger: an installation without its own secret key, or with one that is public in Gogs' source. Never shows any other key.
 */
import type { Notice } from '../../core/findings.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import type { SettingsToCheck } from '../Check.js';
import { texts } from './texts.js';

export function secretKey({ facts, target }: Pick<SettingsToCheck, 'facts' | 'target'>): Notice[] {
  const key = facts.secretKey ?? '';
  const { name, program, history } = target;
  if (key !== '' && !history.publishedKeys.has(key)) return [];
  if (program.needsOwnKey && (key === '' || key === program.publishedKey)) return [missingKey(key, target)];
  const words = texts().secretKey;
  return [
    {
      code: 'published-secret-key',
      severity: program.needsOwnKey ? 'error' : 'warning',
      title: key === '' ? words.missing : words.example,
      consequence: program.needsOwnKey ? words.starts({ release: name }) : words.isWeak,
      remedy: words.setLater,
      needsHand: program.needsOwnKey,
      source: 'conf/app.ini@v0.9.141 to @v0.14.3: [security] SECRET_KEY',
      place: '[security] SECRET_KEY',
    },
  ];
}

/** The tool cannot generate a key, because the old key decrypts the two-factor secrets. */
function missingKey(key: string, { name, history }: Target): Notice {
  const words = texts().secretKey;
  return {
    code: 'no-secret-key',
    severity: 'error',
    title: key === '' ? words.missing : words.reminder({ key }),
    consequence: words.doesNotStart({ release: name }),
    remedy: words.setNow({ published: history.publishedKeyOf(undefined) }),
    needsHand: true,
    source: 'internal/conf/conf.go@eb1054e54 (0.15.0+dev): Init',
    place: '[security] SECRET_KEY',
  };
}
