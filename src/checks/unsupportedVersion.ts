/** A version that cannot be upgraded, or that the target does not restore. */
import type { Danger } from './Check.js';

export const UNSUPPORTED_VERSION: Danger = {
  code: 'unsupported-version',
  severity: 'error',
  title: 'The input is from a version that cannot be upgraded to the target',
  consequence: 'Nothing is upgraded: Gogs refuses schema versions it does not know, and backups of a newer program.',
  remedy: 'See the message.',
  needsHand: true,
  source: 'internal/db/migrations/migrations.go@v0.13.0; internal/cmd/restore.go@v0.13.0',
};
