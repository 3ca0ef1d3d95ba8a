/** Danger: an installation that keeps the secret key which everybody can read in Gogs' source. Never shows another key. */
import type { Notice } from '../../core/findings.js';
import type { Facts } from '../../gogs/settings/facts.js';

export const PUBLISHED_KEY = '!#@FDEWREWR&*(';

export function secretKey(facts: Facts): Notice[] {
  const key = facts.secretKey ?? '';
  if (key !== '' && key !== PUBLISHED_KEY) return [];
  return [
    {
      code: 'published-secret-key',
      severity: 'warning',
      title: key === '' ? 'app.ini has no secret key' : "app.ini has the secret key of Gogs' example",
      consequence:
        'Gogs uses the key published with its source: who gets hold of the database can read the two-factor secrets, and "remember me" cookies are weaker.',
      remedy:
        'After the restore set [security] SECRET_KEY to a long random text; users with two-factor authentication then have to enrol again.',
      needsHand: false,
      source: 'conf/app.ini@v0.9.141 to @v0.14.3: [security] SECRET_KEY',
      place: '[security] SECRET_KEY',
    },
  ];
}
