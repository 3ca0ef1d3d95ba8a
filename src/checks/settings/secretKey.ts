/**
 * Danger: an installation without a secret key of its own, or with one that everybody can read in Gogs' source. Never shows
 * another key.
 */
import type { Notice } from '../../core/findings.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import type { Facts } from '../../gogs/settings/facts.js';

const RE_ENROL = 'users with two-factor authentication then have to enrol again';

export function secretKey(facts: Facts, target: Target): Notice[] {
  const key = facts.secretKey ?? '';
  const { name, program, history } = target;
  if (key !== '' && !history.publishedKeys.has(key)) return [];
  if (program.needsOwnKey && (key === '' || key === program.publishedKey)) return [missingKey(key, target)];
  return [
    {
      code: 'published-secret-key',
      severity: program.needsOwnKey ? 'error' : 'warning',
      title: key === '' ? 'app.ini has no secret key' : "app.ini has the secret key of Gogs' example",
      consequence: program.needsOwnKey
        ? `Gogs ${name} starts, with a key that everybody knows: who gets hold of the database can read the two-factor secrets.`
        : 'Gogs uses the key published with its source: who gets hold of the database can read the two-factor secrets, and "remember me" cookies are weaker.',
      remedy: `After the restore set [security] SECRET_KEY to a long random text; ${RE_ENROL}.`,
      needsHand: program.needsOwnKey,
      source: 'conf/app.ini@v0.9.141 to @v0.14.3: [security] SECRET_KEY',
      place: '[security] SECRET_KEY',
    },
  ];
}

/** None can be made up here: the key opens the two-factor secrets. */
function missingKey(key: string, { name, history }: Target): Notice {
  return {
    code: 'no-secret-key',
    severity: 'error',
    title:
      key === '' ? 'app.ini has no secret key' : `app.ini has the secret key ${key}, which is a reminder to set one`,
    consequence: `Gogs ${name} does not start: "[security] SECRET_KEY must be set to a strong, unguessable value".`,
    remedy:
      'Set a long random text: --set security.SECRET_KEY=…. The tool makes none up, because the key opens the two-factor secrets: with a ' +
      `new one ${RE_ENROL}. Those of a server without a key of its own open with ${history.publishedKeyOf(undefined)} alone.`,
    needsHand: true,
    source: 'internal/conf/conf.go@eb1054e54 (0.15.0+dev): Init',
    place: '[security] SECRET_KEY',
  };
}
