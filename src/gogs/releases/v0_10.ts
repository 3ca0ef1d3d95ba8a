/** The changes of Gogs 0.10, the first release with `gogs backup`. */
import { danger } from '../../core/danger.js';
import { addColumn, boolean, createTable, forgetTable, integer, newTable, type Release, text } from './Release.js';
import { texts } from './texts.js';

export const RELEASES_0_10 = [
  {
    version: '0.10.0',
    source: 'models/*.go, models/migrations/v15.go@v0.10',
    schema: 15,
    tables: [
      createTable(
        newTable('ProtectBranch', 'protect_branch', [
          integer('id', 'ID'),
          integer('repo_id', 'RepoID'),
          text('name', 'Name'),
          boolean('protected', 'Protected'),
          boolean('require_pull_request', 'RequirePullRequest'),
          boolean('enable_whitelist', 'EnableWhitelist'),
          text('whitelist_user_i_ds', 'WhitelistUserIDs'),
          text('whitelist_team_i_ds', 'WhitelistTeamIDs'),
        ]),
        { after: 'hook_task' },
      ),
      createTable(
        newTable('ProtectBranchWhitelist', 'protect_branch_whitelist', [
          integer('id', 'ID'),
          integer('protect_branch_id', 'ProtectBranchID'),
          integer('repo_id', 'RepoID'),
          text('name', 'Name'),
          integer('user_id', 'UserID'),
        ]),
        { after: 'protect_branch' },
      ),
      addColumn('hook_task', text('signature', 'Signature'), { after: 'url' }),
    ],
    byHand: [
      danger({
        code: 'old-hooks',
        severity: 'warning',
        words: () => texts().oldHooks,
        needsHand: true,
        source: 'models/migrations/v15.go@v0.10.18',
      }),
    ],
  },
  {
    version: '0.10.18',
    source: 'models/*.go@v0.10.18, models/migrations/v16.go@v0.10.18',
    schema: 16,
    writesBackups: true,
    tables: [
      addColumn('repository', integer('size', 'Size'), { after: 'default_branch' }),
      // models/update.go@v0.9.141 stored pushes in progress there.
      forgetTable('update_task'),
    ],
    settings: {
      remove: { 'mailer.ENABLE_HTML_ALTERNATIVE': () => texts().removed.mailIsHtml },
    },
    byHand: [
      danger({
        code: 'unknown-sizes',
        severity: 'info',
        words: () => texts().unknownSizes,
        needsHand: false,
        source: 'models/migrations/v16.go@v0.10.18',
      }),
    ],
  },
] as const satisfies readonly Release[];
