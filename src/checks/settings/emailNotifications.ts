/** Danger: e-mail notifications with SQLite, on which the target hangs. */
import type { Notice } from '../../core/findings.js';
import { isFileEngine } from '../../engines/engineNamed.js';
import type { SettingsToCheck } from '../Check.js';
import { texts } from './texts.js';

export function emailNotifications({
  facts: { engine, emailNotifications: areOn },
  target: { name, program },
}: Pick<SettingsToCheck, 'facts' | 'target'>): Notice[] {
  if (!program.hangsOnNotifications || !areOn || !isFileEngine(engine)) return [];
  const words = texts().emailNotifications;
  return [
    {
      code: 'email-notifications',
      severity: 'warning',
      title: words.title({ release: name }),
      consequence: words.consequence,
      remedy: words.remedy,
      needsHand: false,
      source: 'internal/database/issue_mail.go@v0.14.3: mailIssueCommentToParticipants; gogs issue 8375',
      place: '[user] ENABLE_EMAIL_NOTIFICATION',
    },
  ];
}
