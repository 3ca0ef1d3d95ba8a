/** Reports a version that cannot be upgraded, or that the target cannot restore. */
import { danger } from '../core/danger.js';
import { texts } from './texts.js';

export const UNSUPPORTED_VERSION = danger({
  code: 'unsupported-version',
  severity: 'error',
  words: () => texts().unsupportedVersion,
  needsHand: true,
  source: 'internal/db/migrations/migrations.go@v0.13.0; internal/cmd/restore.go@v0.13.0',
});
