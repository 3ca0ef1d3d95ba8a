/** Reports that an output for a test server is not a backup. */
import { danger } from '../core/danger.js';
import { texts } from './texts.js';

export const REHEARSAL_NOTICE = danger({
  code: 'rehearsal',
  severity: 'warning',
  words: () => texts().rehearsal,
  needsHand: false,
  source: 'internal/db/webhook.go, internal/db/mirror.go, internal/cron/cron.go, internal/email/message.go@v0.13.0',
});
