/** The changes of Gogs 0.11. Schema 18 widened `repository.description`: no row changes. */
import {
  addColumn,
  boolean,
  createTable,
  deleteRows,
  integer,
  newTable,
  type Release,
  renameKey,
  text,
} from './Release.js';
import { texts } from './texts.js';

const isSet = (value: string): boolean => value !== '';

export const RELEASES_0_11 = [
  {
    version: '0.11.4',
    source: 'models/repo.go, models/migrations/v17.go@v0.11.4',
    schema: 17,
    tables: [
      addColumn('repository', boolean('allow_public_wiki', 'AllowPublicWiki'), { after: 'enable_wiki' }),
      addColumn('repository', boolean('allow_public_issues', 'AllowPublicIssues'), { after: 'enable_issues' }),
    ],
    rows: [
      deleteRows(
        'protect_branch_whitelist',
        { test: 'equals', column: 'protect_branch_id', value: 0 },
        () => texts().leftOut.noProtectedBranch,
      ),
    ],
  },
  {
    version: '0.11.19',
    source: 'models/two_factor.go@v0.11.19; pkg/setting/setting.go@v0.11.4 against @v0.11.19',
    tables: [
      createTable(
        newTable(
          'TwoFactor',
          'two_factor',
          [
            integer('id', 'ID'),
            integer('user_id', 'UserID'),
            text('secret', 'Secret'),
            integer('created_unix', 'CreatedUnix'),
          ],
          ['Created'],
        ),
        { after: 'public_key' },
      ),
      createTable(
        newTable('TwoFactorRecoveryCode', 'two_factor_recovery_code', [
          integer('id', 'ID'),
          integer('user_id', 'UserID'),
          text('code', 'Code'),
          boolean('is_used', 'IsUsed'),
        ]),
        { after: 'two_factor' },
      ),
    ],
    settings: { rename: [{ from: 'attachment.ENABLE', to: 'attachment.ENABLED', overrules: isSet }] },
  },
  {
    version: '0.11.33',
    source: 'models/repo.go@v0.11.33',
    tables: [
      addColumn('repository', boolean('pulls_ignore_whitespace', 'PullsIgnoreWhitespace'), { after: 'enable_pulls' }),
      addColumn('repository', boolean('pulls_allow_rebase', 'PullsAllowRebase'), { after: 'pulls_ignore_whitespace' }),
    ],
  },
  {
    version: '0.11.43',
    source: 'conf/app.ini@v0.11.34 against @v0.11.43',
    settings: { remove: { 'mailer.SUBJECT': () => texts().removed.subjectPrefix } },
  },
  {
    version: '0.11.53',
    source: 'models/mirror.go@v0.11.53; measured',
    tables: [renameKey('mirror.updated_unix', 'LastSyncUnix'), renameKey('mirror.next_update_unix', 'NextSyncUnix')],
  },
  {
    version: '0.11.66',
    source: 'models/repo.go, models/login_source.go, models/migrations/v19.go@v0.11.66',
    schema: 19,
    tables: [
      addColumn('repository', boolean('use_custom_avatar', 'UseCustomAvatar'), { after: 'size' }),
      addColumn('login_source', boolean('is_default', 'IsDefault'), { after: 'is_actived' }),
    ],
    rows: [
      // Gogs also deletes every webhook of an organization, whose repo_id is 0. This is clearly unintended, so those are kept.
      deleteRows(
        'webhook',
        { test: 'dangles', column: 'repo_id', target: 'repository', exceptIfSet: 'org_id' },
        () => texts().leftOut.repositoryIsGone,
      ),
      deleteRows(
        'hook_task',
        { test: 'dangles', column: 'repo_id', target: 'repository' },
        () => texts().leftOut.repositoryIsGone,
      ),
    ],
    // `IgnoreInlineComment` was added between v0.11.53 and v0.11.66: pkg/setting/setting.go. Before, # and ; ended a value.
    settings: { inlineComments: false },
  },
] as const satisfies readonly Release[];
