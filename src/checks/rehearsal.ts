/** An output for a test server is not a backup: every report says so. */
import type { Danger } from './Check.js';

export const REHEARSAL_NOTICE: Danger = {
  code: 'rehearsal',
  severity: 'warning',
  title: 'This output is for a test server, and no backup to keep',
  consequence:
    'Webhooks are inactive, waiting deliveries are marked as sent, mirrors never fall due, and mail is off: none of this can be told from the output.',
  remedy: 'For the real move upgrade again without --rehearsal.',
  needsHand: false,
  source: 'internal/db/webhook.go, internal/db/mirror.go, internal/cron/cron.go, internal/email/message.go@v0.13.0',
};
