/** What 0.13 did to data. v21 added an index, v22 is empty: no row changes. */
import { hash } from 'node:crypto';
import { compute, type Release } from '../Change.js';

/** Lower-case hex of SHA-256: internal/cryptoutil/sha.go@v0.13.0 */
export const sha256Hex = (value: Buffer): string => hash('sha256', value, 'hex');

export const RELEASES_0_13: readonly Release[] = [
  {
    version: '0.13.0',
    schema: 22,
    changes: [
      // internal/db/migrations/v20.go@v0.13.0: sha1 stays as it is.
      compute('access_token', 'sha256', { from: 'sha1', by: sha256Hex }),
    ],
  },
];
