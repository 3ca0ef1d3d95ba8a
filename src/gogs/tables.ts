/**
 * Every table of Gogs: its type name (a backup's file is `<Type>.json`), its SQL name, its columns and the JSON keys they
 * went by. SQL names never changed; JSON keys did, because they are Go field names. So (table, SQL column) is the identity of
 * a value, and this list is all there is to say about renames.
 *
 * Columns stand in the order in which Gogs 0.14 writes them. Measured on backups of 0.10.18 to 0.14.3; the structs are in
 * `models/*.go` (up to 0.11), `internal/db/*.go` (0.12, 0.13) and `internal/database/*.go` (0.14).
 */
import type { ColumnKind, ColumnShape } from '../core/rows.js';
import { compareVersions } from './versions.js';

/** The JSON keys of a column: version from which on it is used → key. */
type KeysByVersion = Readonly<Record<string, string>>;

/** A column, or a value that Gogs derives from columns and yet writes into its backups. */
export interface Column extends ColumnShape {
  /** Keys from old to new. */
  readonly keys: readonly { readonly since: string; readonly key: string }[];
  /** The first release that has the column; undefined for the ones that were always there. */
  readonly since?: string;
  /** The first release without the column. */
  readonly until?: string;
  /** True for a value no SQL column holds: the backup formats carry it, SQL and CSV do not. */
  readonly derived: boolean;
}

export interface Table {
  /** Go type, and name of the file in a backup: `AccessToken`. */
  readonly type: string;
  /** SQL name: `access_token`. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Keys that old releases wrote beside the columns and that say nothing new: `Created`, `Repo`. */
  readonly droppedKeys: ReadonlySet<string>;
}

interface Lifetime {
  readonly since?: string;
  readonly until?: string;
}

function column(kind: ColumnKind, name: string, keys: string | KeysByVersion, lifetime: Lifetime = {}): Column {
  const byVersion = typeof keys === 'string' ? { '0': keys } : keys;
  return {
    name,
    kind,
    keys: Object.entries(byVersion).map(([since, key]) => ({ since, key })),
    derived: false,
    ...lifetime,
  };
}

const integer = column.bind(undefined, 'integer');
const boolean = column.bind(undefined, 'boolean');
const text = column.bind(undefined, 'text');
const uuid = column.bind(undefined, 'uuid');
const time = column.bind(undefined, 'time');
const derived = (key: string, name = key): Column => ({ ...column('text', name, key), derived: true });

function table(type: string, name: string, columns: Column[], droppedKeys: string[] = []): Table {
  return { type, name, columns, droppedKeys: new Set(droppedKeys) };
}

/** In the order in which `gogs backup` writes them. */
export const TABLES: readonly Table[] = [
  table(
    'User',
    'user',
    [
      integer('id', 'ID'),
      text('lower_name', 'LowerName'),
      text('name', 'Name'),
      text('full_name', 'FullName'),
      text('email', 'Email'),
      text('passwd', { '0.10.18': 'Passwd', '0.13.0': 'Password' }),
      integer('login_source', 'LoginSource'),
      text('login_name', 'LoginName'),
      integer('type', 'Type'),
      text('location', 'Location'),
      text('website', 'Website'),
      text('rands', 'Rands'),
      text('salt', 'Salt'),
      integer('created_unix', 'CreatedUnix'),
      integer('updated_unix', 'UpdatedUnix'),
      boolean('last_repo_visibility', 'LastRepoVisibility'),
      integer('max_repo_creation', 'MaxRepoCreation'),
      boolean('is_active', 'IsActive'),
      boolean('is_admin', 'IsAdmin'),
      boolean('allow_git_hook', 'AllowGitHook'),
      boolean('allow_import_local', 'AllowImportLocal'),
      boolean('prohibit_login', 'ProhibitLogin'),
      text('avatar', 'Avatar'),
      text('avatar_email', 'AvatarEmail'),
      boolean('use_custom_avatar', 'UseCustomAvatar'),
      integer('num_followers', 'NumFollowers'),
      integer('num_following', 'NumFollowing'),
      integer('num_stars', 'NumStars'),
      integer('num_repos', 'NumRepos'),
      text('description', 'Description'),
      integer('num_teams', 'NumTeams'),
      integer('num_members', 'NumMembers'),
      integer('login_type', 'LoginType', { until: '0.12.0' }),
    ],
    ['Created', 'Members', 'Orgs', 'OwnedOrgs', 'Repos', 'Teams', 'Updated'],
  ),
  table(
    'PublicKey',
    'public_key',
    [
      integer('id', 'ID'),
      integer('owner_id', 'OwnerID'),
      text('name', 'Name'),
      text('fingerprint', 'Fingerprint'),
      text('content', 'Content'),
      integer('mode', 'Mode'),
      integer('type', 'Type'),
      integer('created_unix', 'CreatedUnix'),
      integer('updated_unix', 'UpdatedUnix'),
    ],
    ['Created', 'HasRecentActivity', 'HasUsed', 'Updated'],
  ),
  table(
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
  table('TwoFactorRecoveryCode', 'two_factor_recovery_code', [
    integer('id', 'ID'),
    integer('user_id', 'UserID'),
    text('code', 'Code'),
    boolean('is_used', 'IsUsed'),
  ]),
  table(
    'Repository',
    'repository',
    [
      integer('id', 'ID'),
      integer('owner_id', 'OwnerID'),
      text('lower_name', 'LowerName'),
      text('name', 'Name'),
      text('description', 'Description'),
      text('website', 'Website'),
      text('default_branch', 'DefaultBranch'),
      integer('size', 'Size'),
      boolean('use_custom_avatar', 'UseCustomAvatar', { since: '0.11.91' }),
      integer('num_watches', 'NumWatches'),
      integer('num_stars', 'NumStars'),
      integer('num_forks', 'NumForks'),
      integer('num_issues', 'NumIssues'),
      integer('num_closed_issues', 'NumClosedIssues'),
      integer('num_pulls', 'NumPulls'),
      integer('num_closed_pulls', 'NumClosedPulls'),
      integer('num_milestones', 'NumMilestones'),
      integer('num_closed_milestones', 'NumClosedMilestones'),
      boolean('is_private', 'IsPrivate'),
      boolean('is_unlisted', 'IsUnlisted', { since: '0.13.0' }),
      boolean('is_bare', 'IsBare'),
      boolean('is_mirror', 'IsMirror'),
      boolean('enable_wiki', 'EnableWiki'),
      boolean('allow_public_wiki', 'AllowPublicWiki', { since: '0.11.4' }),
      boolean('enable_external_wiki', 'EnableExternalWiki'),
      text('external_wiki_url', 'ExternalWikiURL'),
      boolean('enable_issues', 'EnableIssues'),
      boolean('allow_public_issues', 'AllowPublicIssues', { since: '0.11.4' }),
      boolean('enable_external_tracker', 'EnableExternalTracker'),
      text('external_tracker_url', 'ExternalTrackerURL'),
      text('external_tracker_format', 'ExternalTrackerFormat'),
      text('external_tracker_style', 'ExternalTrackerStyle'),
      boolean('enable_pulls', 'EnablePulls'),
      boolean('pulls_ignore_whitespace', 'PullsIgnoreWhitespace', { since: '0.11.53' }),
      boolean('pulls_allow_rebase', 'PullsAllowRebase', { since: '0.11.53' }),
      boolean('is_fork', 'IsFork'),
      integer('fork_id', 'ForkID'),
      integer('created_unix', 'CreatedUnix'),
      integer('updated_unix', 'UpdatedUnix'),
    ],
    [
      'BaseRepo',
      'Created',
      'ExternalMetas',
      'NumOpenIssues',
      'NumOpenMilestones',
      'NumOpenPulls',
      'NumTags',
      'Owner',
      'Updated',
    ],
  ),
  table(
    'DeployKey',
    'deploy_key',
    [
      integer('id', 'ID'),
      integer('key_id', 'KeyID'),
      integer('repo_id', 'RepoID'),
      text('name', 'Name'),
      text('fingerprint', 'Fingerprint'),
      integer('created_unix', 'CreatedUnix'),
      integer('updated_unix', 'UpdatedUnix'),
    ],
    ['Content', 'Created', 'HasRecentActivity', 'HasUsed', 'Updated'],
  ),
  table('Collaboration', 'collaboration', [
    integer('id', 'ID'),
    integer('user_id', 'UserID'),
    integer('repo_id', 'RepoID'),
    integer('mode', 'Mode'),
  ]),
  table('Upload', 'upload', [integer('id', 'ID'), uuid('uuid', 'UUID'), text('name', 'Name')]),
  table('Watch', 'watch', [integer('id', 'ID'), integer('user_id', 'UserID'), integer('repo_id', 'RepoID')]),
  table('Star', 'star', [
    integer('id', 'ID'),
    integer('uid', { '0.10.18': 'UID', '0.13.0': 'UserID' }),
    integer('repo_id', 'RepoID'),
  ]),
  table(
    'Issue',
    'issue',
    [
      integer('id', 'ID'),
      integer('repo_id', 'RepoID'),
      integer('index', 'Index'),
      integer('poster_id', 'PosterID'),
      text('name', 'Title'),
      text('content', 'Content'),
      integer('milestone_id', 'MilestoneID'),
      integer('priority', 'Priority'),
      integer('assignee_id', 'AssigneeID'),
      boolean('is_closed', 'IsClosed'),
      boolean('is_pull', 'IsPull'),
      integer('num_comments', 'NumComments'),
      integer('deadline_unix', 'DeadlineUnix'),
      integer('created_unix', 'CreatedUnix'),
      integer('updated_unix', 'UpdatedUnix'),
    ],
    [
      'Assignee',
      'Attachments',
      'Comments',
      'Created',
      'Deadline',
      'IsRead',
      'Labels',
      'Milestone',
      'Poster',
      'PullRequest',
      'RenderedContent',
      'Repo',
      'Updated',
    ],
  ),
  table(
    'PullRequest',
    'pull_request',
    [
      integer('id', 'ID'),
      integer('type', 'Type'),
      integer('status', 'Status'),
      integer('issue_id', 'IssueID'),
      integer('index', 'Index'),
      integer('head_repo_id', 'HeadRepoID'),
      integer('base_repo_id', 'BaseRepoID'),
      text('head_user_name', 'HeadUserName'),
      text('head_branch', 'HeadBranch'),
      text('base_branch', 'BaseBranch'),
      text('merge_base', 'MergeBase'),
      boolean('has_merged', 'HasMerged'),
      text('merged_commit_id', 'MergedCommitID'),
      integer('merger_id', 'MergerID'),
      integer('merged_unix', 'MergedUnix'),
    ],
    ['BaseRepo', 'HeadRepo', 'Issue', 'Merged', 'Merger'],
  ),
  table(
    'Comment',
    'comment',
    [
      integer('id', 'ID'),
      integer('type', 'Type'),
      integer('poster_id', 'PosterID'),
      integer('issue_id', 'IssueID'),
      integer('commit_id', 'CommitID'),
      integer('line', 'Line'),
      text('content', 'Content'),
      integer('created_unix', 'CreatedUnix'),
      integer('updated_unix', 'UpdatedUnix'),
      text('commit_sha', 'CommitSHA'),
    ],
    ['Attachments', 'Created', 'Issue', 'Poster', 'RenderedContent', 'ShowTag', 'Updated'],
  ),
  table(
    'Attachment',
    'attachment',
    [
      integer('id', 'ID'),
      uuid('uuid', 'UUID'),
      integer('issue_id', 'IssueID'),
      integer('comment_id', 'CommentID'),
      integer('release_id', 'ReleaseID'),
      text('name', 'Name'),
      integer('created_unix', 'CreatedUnix'),
    ],
    ['Created'],
  ),
  table('IssueUser', 'issue_user', [
    integer('id', 'ID'),
    integer('uid', { '0.10.18': 'UID', '0.13.0': 'UserID' }),
    integer('issue_id', 'IssueID'),
    integer('repo_id', 'RepoID'),
    integer('milestone_id', 'MilestoneID'),
    boolean('is_read', 'IsRead'),
    boolean('is_assigned', 'IsAssigned'),
    boolean('is_mentioned', 'IsMentioned'),
    boolean('is_poster', 'IsPoster'),
    boolean('is_closed', 'IsClosed'),
  ]),
  table(
    'Label',
    'label',
    [
      integer('id', 'ID'),
      integer('repo_id', 'RepoID'),
      text('name', 'Name'),
      text('color', 'Color'),
      integer('num_issues', 'NumIssues'),
      integer('num_closed_issues', 'NumClosedIssues'),
    ],
    ['IsChecked', 'NumOpenIssues'],
  ),
  table('IssueLabel', 'issue_label', [
    integer('id', 'ID'),
    integer('issue_id', 'IssueID'),
    integer('label_id', 'LabelID'),
  ]),
  table(
    'Milestone',
    'milestone',
    [
      integer('id', 'ID'),
      integer('repo_id', 'RepoID'),
      text('name', 'Name'),
      text('content', 'Content'),
      boolean('is_closed', 'IsClosed'),
      integer('num_issues', 'NumIssues'),
      integer('num_closed_issues', 'NumClosedIssues'),
      integer('completeness', 'Completeness'),
      integer('deadline_unix', 'DeadlineUnix'),
      integer('closed_date_unix', 'ClosedDateUnix'),
    ],
    ['ClosedDate', 'Deadline', 'DeadlineString', 'IsOverDue', 'NumOpenIssues', 'RenderedContent'],
  ),
  table(
    'Mirror',
    'mirror',
    [
      integer('id', 'ID'),
      integer('repo_id', 'RepoID'),
      integer('interval', 'Interval'),
      boolean('enable_prune', 'EnablePrune'),
      integer('updated_unix', { '0.10.18': 'UpdatedUnix', '0.11.53': 'LastSyncUnix' }),
      integer('next_update_unix', { '0.10.18': 'NextUpdateUnix', '0.11.53': 'NextSyncUnix' }),
    ],
    ['LastSync', 'NextSync', 'NextUpdate', 'Repo', 'Updated'],
  ),
  table(
    'Release',
    'release',
    [
      integer('id', 'ID'),
      integer('repo_id', 'RepoID'),
      integer('publisher_id', 'PublisherID'),
      text('tag_name', 'TagName'),
      text('lower_tag_name', 'LowerTagName'),
      text('target', 'Target'),
      text('title', 'Title'),
      text('sha1', 'Sha1'),
      integer('num_commits', 'NumCommits'),
      text('note', 'Note'),
      boolean('is_draft', 'IsDraft'),
      boolean('is_prerelease', 'IsPrerelease'),
      integer('created_unix', 'CreatedUnix'),
    ],
    ['Attachments', 'Created', 'NumCommitsBehind', 'Publisher', 'Repo'],
  ),
  table(
    'Webhook',
    'webhook',
    [
      integer('id', 'ID'),
      integer('repo_id', 'RepoID'),
      integer('org_id', 'OrgID'),
      text('url', 'URL'),
      integer('content_type', 'ContentType'),
      text('secret', 'Secret'),
      text('events', 'Events'),
      derived('push_only'),
      derived('send_everything'),
      derived('choose_events'),
      // Beside the column `events`, whose key is `Events`: JSON keys are case-sensitive.
      derived('events', 'events object'),
      boolean('is_ssl', 'IsSSL'),
      boolean('is_active', 'IsActive'),
      integer('hook_task_type', 'HookTaskType'),
      text('meta', 'Meta'),
      integer('last_status', 'LastStatus'),
      integer('created_unix', 'CreatedUnix'),
      integer('updated_unix', 'UpdatedUnix'),
    ],
    ['Created', 'Updated'],
  ),
  table(
    'HookTask',
    'hook_task',
    [
      integer('id', 'ID'),
      integer('repo_id', 'RepoID'),
      integer('hook_id', 'HookID'),
      text('uuid', 'UUID'),
      integer('type', 'Type'),
      text('url', 'URL'),
      text('signature', 'Signature'),
      text('payload_content', 'PayloadContent'),
      integer('content_type', 'ContentType'),
      text('event_type', 'EventType'),
      boolean('is_ssl', 'IsSSL'),
      boolean('is_delivered', 'IsDelivered'),
      integer('delivered', 'Delivered'),
      boolean('is_succeed', 'IsSucceed'),
      text('request_content', 'RequestContent'),
      text('response_content', 'ResponseContent'),
    ],
    ['DeliveredString', 'Payloader', 'RequestInfo', 'ResponseInfo'],
  ),
  table('ProtectBranch', 'protect_branch', [
    integer('id', 'ID'),
    integer('repo_id', 'RepoID'),
    text('name', 'Name'),
    boolean('protected', 'Protected'),
    boolean('require_pull_request', 'RequirePullRequest'),
    boolean('enable_whitelist', 'EnableWhitelist'),
    text('whitelist_user_i_ds', 'WhitelistUserIDs'),
    text('whitelist_team_i_ds', 'WhitelistTeamIDs'),
  ]),
  table('ProtectBranchWhitelist', 'protect_branch_whitelist', [
    integer('id', 'ID'),
    integer('protect_branch_id', 'ProtectBranchID'),
    integer('repo_id', 'RepoID'),
    text('name', 'Name'),
    integer('user_id', 'UserID'),
  ]),
  table(
    'Team',
    'team',
    [
      integer('id', 'ID'),
      integer('org_id', 'OrgID'),
      text('lower_name', 'LowerName'),
      text('name', 'Name'),
      text('description', 'Description'),
      integer('authorize', 'Authorize'),
      integer('num_repos', 'NumRepos'),
      integer('num_members', 'NumMembers'),
    ],
    ['Members', 'Repos'],
  ),
  table('OrgUser', 'org_user', [
    integer('id', 'ID'),
    integer('uid', { '0.10.18': 'Uid', '0.14.0': 'UID' }),
    integer('org_id', 'OrgID'),
    boolean('is_public', 'IsPublic'),
    boolean('is_owner', 'IsOwner'),
    integer('num_teams', 'NumTeams'),
  ]),
  table('TeamUser', 'team_user', [
    integer('id', 'ID'),
    integer('org_id', 'OrgID'),
    integer('team_id', 'TeamID'),
    integer('uid', 'UID'),
  ]),
  table('TeamRepo', 'team_repo', [
    integer('id', 'ID'),
    integer('org_id', 'OrgID'),
    integer('team_id', 'TeamID'),
    integer('repo_id', 'RepoID'),
  ]),
  table(
    'Notice',
    'notice',
    [
      integer('id', 'ID'),
      integer('type', 'Type'),
      text('description', 'Description'),
      integer('created_unix', 'CreatedUnix'),
    ],
    ['Created'],
  ),
  table(
    'EmailAddress',
    'email_address',
    [
      integer('id', 'ID'),
      integer('uid', { '0.10.18': 'UID', '0.13.0': 'UserID' }),
      text('email', 'Email'),
      boolean('is_activated', 'IsActivated'),
    ],
    ['IsPrimary'],
  ),
  table('Version', 'version', [integer('id', 'ID'), integer('version', 'Version')]),
  table('Access', 'access', [
    integer('id', 'ID'),
    integer('user_id', 'UserID'),
    integer('repo_id', 'RepoID'),
    integer('mode', 'Mode'),
  ]),
  table(
    'AccessToken',
    'access_token',
    [
      integer('id', 'ID'),
      integer('uid', { '0.10.18': 'UID', '0.12.0': 'UserID' }),
      text('name', 'Name'),
      text('sha1', 'Sha1'),
      text('sha256', 'SHA256', { since: '0.13.0' }),
      integer('created_unix', 'CreatedUnix'),
      integer('updated_unix', 'UpdatedUnix'),
    ],
    ['Created', 'HasRecentActivity', 'HasUsed', 'Updated'],
  ),
  table(
    'Action',
    'action',
    [
      integer('id', 'ID'),
      integer('user_id', 'UserID'),
      integer('op_type', 'OpType'),
      integer('act_user_id', 'ActUserID'),
      text('act_user_name', 'ActUserName'),
      integer('repo_id', 'RepoID'),
      text('repo_user_name', 'RepoUserName'),
      text('repo_name', 'RepoName'),
      text('ref_name', 'RefName'),
      boolean('is_private', 'IsPrivate'),
      text('content', 'Content'),
      integer('created_unix', 'CreatedUnix'),
    ],
    ['ActAvatar', 'Created'],
  ),
  table('Follow', 'follow', [integer('id', 'ID'), integer('user_id', 'UserID'), integer('follow_id', 'FollowID')]),
  table('LFSObject', 'lfs_object', [
    integer('repo_id', 'RepoID'),
    text('oid', 'OID'),
    integer('size', 'Size'),
    text('storage', 'Storage'),
    time('created_at', 'CreatedAt'),
  ]),
  table(
    'LoginSource',
    'login_source',
    [
      integer('id', 'ID'),
      integer('type', 'Type'),
      text('name', 'Name'),
      boolean('is_actived', 'IsActived'),
      boolean('is_default', 'IsDefault', { since: '0.11.91' }),
      derived('Provider'),
      // Development builds before 0.12.0 wrote `RawCfg` beside `Cfg`, and later `Config` beside `RawConfig`; of several the
      // newest that holds something counts: internal/db/login_source.go@571be84e2, @41f56ad05
      text('cfg', { '0.10.18': 'Cfg', '0.12.0-dev.1': 'RawCfg', '0.12.0-dev.2': 'Config', '0.12.0': 'RawConfig' }),
      integer('created_unix', 'CreatedUnix'),
      integer('updated_unix', 'UpdatedUnix'),
    ],
    ['Created', 'LocalFile', 'Updated'],
  ),
];

/** Tables that Gogs had once and that the target does not: models/update.go@v0.9.141 kept pushes under way in this one. */
export const RETIRED_TABLES: ReadonlySet<string> = new Set(['update_task']);

const BY_TYPE = new Map(TABLES.map((table) => [table.type, table]));
const BY_NAME = new Map(TABLES.map((table) => [table.name, table]));

export const tableOfType = (type: string): Table | undefined => BY_TYPE.get(type);
export const tableNamed = (name: string): Table | undefined => BY_NAME.get(name);

/** Position of a column in its table; asking for one that is not there is a bug of ours. */
export function columnIndex(table: Table, name: string): number {
  const index = table.columns.findIndex((column) => column.name === name);
  if (index < 0) throw new RangeError(`${table.name} has no column ${name}`);
  return index;
}

/** The key under which a release writes the column, or undefined when it has no such column. */
export function keyInRelease(column: Column, release: string): string | undefined {
  if (column.until !== undefined && compareVersions(release, column.until) >= 0) return undefined;
  if (column.since !== undefined && compareVersions(release, column.since) < 0) return undefined;
  return column.keys.findLast(({ since }) => compareVersions(since, release) <= 0)?.key;
}
