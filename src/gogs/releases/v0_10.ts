/** What Gogs 0.10 changed: the first release with `gogs backup`. */
import { addColumn, forgetTable, integer, type Release } from './Release.js';

export const RELEASES_0_10 = [
  {
    version: '0.10.0',
    source: 'models/migrations/v15.go@v0.10',
    schema: 15,
    byHand: [
      {
        code: 'old-hooks',
        severity: 'warning',
        title: 'The Git hooks in the repositories are from before Gogs 0.10',
        consequence: 'Pushes go past Gogs: no activity, no webhooks, no protected branches.',
        remedy:
          'After the restore, in each repository where people wrote hooks of their own, move hooks/pre-receive and ' +
          'hooks/post-receive to custom_hooks/, where Gogs runs them since 0.10; then run `gogs admin resync-hooks`.',
        needsHand: true,
        source: 'models/migrations/v15.go@v0.10.18',
      },
    ],
  },
  {
    version: '0.10.18',
    source: 'models/*.go@v0.10.18, models/migrations/v16.go@v0.10.18',
    schema: 16,
    writesBackups: true,
    tables: [
      addColumn('repository', integer('size', 'Size'), { after: 'default_branch' }),
      // models/update.go@v0.9.141 kept pushes under way there.
      forgetTable('update_task'),
    ],
    settings: {
      remove: { 'mailer.ENABLE_HTML_ALTERNATIVE': 'mail is HTML unless USE_PLAIN_TEXT is set' },
    },
    byHand: [
      {
        code: 'unknown-sizes',
        severity: 'info',
        title: 'The sizes of repositories are not known',
        consequence: 'Gogs shows 0 until the next push to each.',
        remedy: 'Nothing needs to be done.',
        needsHand: false,
        source: 'models/migrations/v16.go@v0.10.18',
      },
    ],
  },
] as const satisfies readonly Release[];
