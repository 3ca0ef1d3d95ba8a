/**
 * What 0.9.141 to 0.10.18 did to files, which no dump shows: schema 15 rewrote the hooks in repositories
 * (models/migrations/v15.go@v0.10.18), 16 counted their sizes (v16.go). No row changes but `repository.size`.
 */
import type { Notice } from '../../core/findings.js';

/** What is left to do by hand for a database that old. */
export function filesToUpgrade(schema: number): Notice[] {
  const notices: Notice[] = [];
  if (schema < 15) {
    notices.push({
      code: 'old-hooks',
      severity: 'warning',
      title: 'The Git hooks in the repositories are from before Gogs 0.10',
      consequence: 'Pushes go past Gogs: no activity, no webhooks, no protected branches.',
      remedy:
        'After the restore, in each repository where people wrote hooks of their own, move hooks/pre-receive and ' +
        'hooks/post-receive to custom_hooks/, where Gogs runs them since 0.10; then run `gogs admin resync-hooks`.',
      needsHand: true,
    });
  }
  if (schema < 16) {
    notices.push({
      code: 'unknown-sizes',
      severity: 'info',
      title: 'The sizes of repositories are not known',
      consequence: 'Gogs shows 0 until the next push to each.',
      remedy: 'Nothing needs to be done.',
      needsHand: false,
    });
  }
  return notices;
}
