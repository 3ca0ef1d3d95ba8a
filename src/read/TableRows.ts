/**
 * The rows of every table that Gogs ever had, as `openBackup` hands them out. Made by `npm run tables` of what the releases in
 * src/gogs/releases/ declare: change it there.
 *
 * A value is null where it is NULL, and where the row has no such column.
 */

/** A whole number of up to 64 bits: a bigint where a number would not be exact. */
export type Integer = number | bigint;

/** Rows by the SQL name of their table. */
export interface TableRows {
  readonly user: UserRow;
  readonly public_key: PublicKeyRow;
  readonly two_factor: TwoFactorRow;
  readonly two_factor_recovery_code: TwoFactorRecoveryCodeRow;
  readonly repository: RepositoryRow;
  readonly deploy_key: DeployKeyRow;
  readonly collaboration: CollaborationRow;
  readonly upload: UploadRow;
  readonly watch: WatchRow;
  readonly star: StarRow;
  readonly issue: IssueRow;
  readonly pull_request: PullRequestRow;
  readonly comment: CommentRow;
  readonly attachment: AttachmentRow;
  readonly issue_user: IssueUserRow;
  readonly label: LabelRow;
  readonly issue_label: IssueLabelRow;
  readonly milestone: MilestoneRow;
  readonly mirror: MirrorRow;
  readonly release: ReleaseRow;
  readonly webhook: WebhookRow;
  readonly hook_task: HookTaskRow;
  readonly protect_branch: ProtectBranchRow;
  readonly protect_branch_whitelist: ProtectBranchWhitelistRow;
  readonly team: TeamRow;
  readonly org_user: OrgUserRow;
  readonly team_user: TeamUserRow;
  readonly team_repo: TeamRepoRow;
  readonly notice: NoticeRow;
  readonly email_address: EmailAddressRow;
  readonly version: VersionRow;
  readonly access: AccessRow;
  readonly access_token: AccessTokenRow;
  readonly action: ActionRow;
  readonly follow: FollowRow;
  readonly lfs_object: LFSObjectRow;
  readonly login_source: LoginSourceRow;
}

/** SQL name of a table. */
export type TableName = keyof TableRows;

/** Users and organizations. */
export interface UserRow {
  readonly id: Integer | null;
  readonly lower_name: string | null;
  readonly name: string | null;
  readonly full_name: string | null;
  readonly email: string | null;
  readonly passwd: string | null;
  readonly login_source: Integer | null;
  readonly login_name: string | null;
  readonly type: Integer | null;
  readonly location: string | null;
  readonly website: string | null;
  readonly rands: string | null;
  readonly salt: string | null;
  readonly created_unix: Integer | null;
  readonly updated_unix: Integer | null;
  readonly last_repo_visibility: boolean | null;
  readonly max_repo_creation: Integer | null;
  readonly is_active: boolean | null;
  readonly is_admin: boolean | null;
  readonly allow_git_hook: boolean | null;
  readonly allow_import_local: boolean | null;
  readonly prohibit_login: boolean | null;
  readonly avatar: string | null;
  readonly avatar_email: string | null;
  readonly use_custom_avatar: boolean | null;
  readonly num_followers: Integer | null;
  readonly num_following: Integer | null;
  readonly num_stars: Integer | null;
  readonly num_repos: Integer | null;
  readonly description: string | null;
  readonly num_teams: Integer | null;
  readonly num_members: Integer | null;
  /** Up to the release before 0.12.0. */
  readonly login_type: Integer | null;
}

/** SSH keys. */
export interface PublicKeyRow {
  readonly id: Integer | null;
  readonly owner_id: Integer | null;
  readonly name: string | null;
  readonly fingerprint: string | null;
  readonly content: string | null;
  readonly mode: Integer | null;
  readonly type: Integer | null;
  readonly created_unix: Integer | null;
  readonly updated_unix: Integer | null;
}

/** Two-factor secrets. From 0.11.19 on. */
export interface TwoFactorRow {
  readonly id: Integer | null;
  readonly user_id: Integer | null;
  readonly secret: string | null;
  readonly created_unix: Integer | null;
}

/** Recovery codes. From 0.11.19 on. */
export interface TwoFactorRecoveryCodeRow {
  readonly id: Integer | null;
  readonly user_id: Integer | null;
  readonly code: string | null;
  readonly is_used: boolean | null;
}

/** Repositories. */
export interface RepositoryRow {
  readonly id: Integer | null;
  readonly owner_id: Integer | null;
  readonly lower_name: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly website: string | null;
  readonly default_branch: string | null;
  /** From 0.10.18 on. */
  readonly size: Integer | null;
  /** From 0.11.66 on. */
  readonly use_custom_avatar: boolean | null;
  readonly num_watches: Integer | null;
  readonly num_stars: Integer | null;
  readonly num_forks: Integer | null;
  readonly num_issues: Integer | null;
  readonly num_closed_issues: Integer | null;
  readonly num_pulls: Integer | null;
  readonly num_closed_pulls: Integer | null;
  readonly num_milestones: Integer | null;
  readonly num_closed_milestones: Integer | null;
  readonly is_private: boolean | null;
  /** From 0.13.0 on. */
  readonly is_unlisted: boolean | null;
  readonly is_bare: boolean | null;
  readonly is_mirror: boolean | null;
  readonly enable_wiki: boolean | null;
  /** From 0.11.4 on. */
  readonly allow_public_wiki: boolean | null;
  readonly enable_external_wiki: boolean | null;
  readonly external_wiki_url: string | null;
  readonly enable_issues: boolean | null;
  /** From 0.11.4 on. */
  readonly allow_public_issues: boolean | null;
  readonly enable_external_tracker: boolean | null;
  readonly external_tracker_url: string | null;
  readonly external_tracker_format: string | null;
  readonly external_tracker_style: string | null;
  readonly enable_pulls: boolean | null;
  /** From 0.11.33 on. */
  readonly pulls_ignore_whitespace: boolean | null;
  /** From 0.11.33 on. */
  readonly pulls_allow_rebase: boolean | null;
  readonly is_fork: boolean | null;
  readonly fork_id: Integer | null;
  readonly created_unix: Integer | null;
  readonly updated_unix: Integer | null;
}

/** Deploy keys. */
export interface DeployKeyRow {
  readonly id: Integer | null;
  readonly key_id: Integer | null;
  readonly repo_id: Integer | null;
  readonly name: string | null;
  readonly fingerprint: string | null;
  readonly created_unix: Integer | null;
  readonly updated_unix: Integer | null;
}

/** Collaborators of repositories. */
export interface CollaborationRow {
  readonly id: Integer | null;
  readonly user_id: Integer | null;
  readonly repo_id: Integer | null;
  readonly mode: Integer | null;
}

/** Files being uploaded in the editor. */
export interface UploadRow {
  readonly id: Integer | null;
  readonly uuid: string | null;
  readonly name: string | null;
}

/** Who watches what. */
export interface WatchRow {
  readonly id: Integer | null;
  readonly user_id: Integer | null;
  readonly repo_id: Integer | null;
}

/** Who starred what. */
export interface StarRow {
  readonly id: Integer | null;
  readonly uid: Integer | null;
  readonly repo_id: Integer | null;
}

/** Issues and pull requests with their texts. */
export interface IssueRow {
  readonly id: Integer | null;
  readonly repo_id: Integer | null;
  readonly index: Integer | null;
  readonly poster_id: Integer | null;
  readonly name: string | null;
  readonly content: string | null;
  readonly milestone_id: Integer | null;
  readonly priority: Integer | null;
  readonly assignee_id: Integer | null;
  readonly is_closed: boolean | null;
  readonly is_pull: boolean | null;
  readonly num_comments: Integer | null;
  readonly deadline_unix: Integer | null;
  readonly created_unix: Integer | null;
  readonly updated_unix: Integer | null;
}

/** Branches and state of pull requests. */
export interface PullRequestRow {
  readonly id: Integer | null;
  readonly type: Integer | null;
  readonly status: Integer | null;
  readonly issue_id: Integer | null;
  readonly index: Integer | null;
  readonly head_repo_id: Integer | null;
  readonly base_repo_id: Integer | null;
  readonly head_user_name: string | null;
  readonly head_branch: string | null;
  readonly base_branch: string | null;
  readonly merge_base: string | null;
  readonly has_merged: boolean | null;
  readonly merged_commit_id: string | null;
  readonly merger_id: Integer | null;
  readonly merged_unix: Integer | null;
}

/** Comments. */
export interface CommentRow {
  readonly id: Integer | null;
  readonly type: Integer | null;
  readonly poster_id: Integer | null;
  readonly issue_id: Integer | null;
  readonly commit_id: Integer | null;
  readonly line: Integer | null;
  readonly content: string | null;
  readonly created_unix: Integer | null;
  readonly updated_unix: Integer | null;
  readonly commit_sha: string | null;
}

/** Names of attached files. */
export interface AttachmentRow {
  readonly id: Integer | null;
  readonly uuid: string | null;
  readonly issue_id: Integer | null;
  readonly comment_id: Integer | null;
  readonly release_id: Integer | null;
  readonly name: string | null;
  readonly created_unix: Integer | null;
}

/** Who has read or is involved in which issue. */
export interface IssueUserRow {
  readonly id: Integer | null;
  readonly uid: Integer | null;
  readonly issue_id: Integer | null;
  readonly repo_id: Integer | null;
  readonly milestone_id: Integer | null;
  readonly is_read: boolean | null;
  readonly is_assigned: boolean | null;
  readonly is_mentioned: boolean | null;
  readonly is_poster: boolean | null;
  readonly is_closed: boolean | null;
}

/** Labels. */
export interface LabelRow {
  readonly id: Integer | null;
  readonly repo_id: Integer | null;
  readonly name: string | null;
  readonly color: string | null;
  readonly num_issues: Integer | null;
  readonly num_closed_issues: Integer | null;
}

/** Labels on issues. */
export interface IssueLabelRow {
  readonly id: Integer | null;
  readonly issue_id: Integer | null;
  readonly label_id: Integer | null;
}

/** Milestones. */
export interface MilestoneRow {
  readonly id: Integer | null;
  readonly repo_id: Integer | null;
  readonly name: string | null;
  readonly content: string | null;
  readonly is_closed: boolean | null;
  readonly num_issues: Integer | null;
  readonly num_closed_issues: Integer | null;
  readonly completeness: Integer | null;
  readonly deadline_unix: Integer | null;
  readonly closed_date_unix: Integer | null;
}

/** Schedules of mirrors. */
export interface MirrorRow {
  readonly id: Integer | null;
  readonly repo_id: Integer | null;
  readonly interval: Integer | null;
  readonly enable_prune: boolean | null;
  readonly updated_unix: Integer | null;
  readonly next_update_unix: Integer | null;
}

/** Releases with their notes. */
export interface ReleaseRow {
  readonly id: Integer | null;
  readonly repo_id: Integer | null;
  readonly publisher_id: Integer | null;
  readonly tag_name: string | null;
  readonly lower_tag_name: string | null;
  readonly target: string | null;
  readonly title: string | null;
  readonly sha1: string | null;
  readonly num_commits: Integer | null;
  readonly note: string | null;
  readonly is_draft: boolean | null;
  readonly is_prerelease: boolean | null;
  readonly created_unix: Integer | null;
}

/** Webhooks. */
export interface WebhookRow {
  readonly id: Integer | null;
  readonly repo_id: Integer | null;
  readonly org_id: Integer | null;
  readonly url: string | null;
  readonly content_type: Integer | null;
  readonly secret: string | null;
  readonly events: string | null;
  readonly is_ssl: boolean | null;
  readonly is_active: boolean | null;
  readonly hook_task_type: Integer | null;
  readonly meta: string | null;
  readonly last_status: Integer | null;
  readonly created_unix: Integer | null;
  readonly updated_unix: Integer | null;
}

/** What was sent to webhooks, with every payload and answer: only a log, and usually the largest table. */
export interface HookTaskRow {
  readonly id: Integer | null;
  readonly repo_id: Integer | null;
  readonly hook_id: Integer | null;
  readonly uuid: string | null;
  readonly type: Integer | null;
  readonly url: string | null;
  /** From 0.10.0 on. */
  readonly signature: string | null;
  readonly payload_content: string | null;
  readonly content_type: Integer | null;
  readonly event_type: string | null;
  readonly is_ssl: boolean | null;
  readonly is_delivered: boolean | null;
  readonly delivered: Integer | null;
  readonly is_succeed: boolean | null;
  readonly request_content: string | null;
  readonly response_content: string | null;
}

/** Protected branches. From 0.10.0 on. */
export interface ProtectBranchRow {
  readonly id: Integer | null;
  readonly repo_id: Integer | null;
  readonly name: string | null;
  readonly protected: boolean | null;
  readonly require_pull_request: boolean | null;
  readonly enable_whitelist: boolean | null;
  readonly whitelist_user_i_ds: string | null;
  readonly whitelist_team_i_ds: string | null;
}

/** Who may push to protected branches. From 0.10.0 on. */
export interface ProtectBranchWhitelistRow {
  readonly id: Integer | null;
  readonly protect_branch_id: Integer | null;
  readonly repo_id: Integer | null;
  readonly name: string | null;
  readonly user_id: Integer | null;
}

/** Teams. */
export interface TeamRow {
  readonly id: Integer | null;
  readonly org_id: Integer | null;
  readonly lower_name: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly authorize: Integer | null;
  readonly num_repos: Integer | null;
  readonly num_members: Integer | null;
}

/** Members of organizations. */
export interface OrgUserRow {
  readonly id: Integer | null;
  readonly uid: Integer | null;
  readonly org_id: Integer | null;
  readonly is_public: boolean | null;
  readonly is_owner: boolean | null;
  readonly num_teams: Integer | null;
}

/** Members of teams. */
export interface TeamUserRow {
  readonly id: Integer | null;
  readonly org_id: Integer | null;
  readonly team_id: Integer | null;
  readonly uid: Integer | null;
}

/** Repositories of teams. */
export interface TeamRepoRow {
  readonly id: Integer | null;
  readonly org_id: Integer | null;
  readonly team_id: Integer | null;
  readonly repo_id: Integer | null;
}

/** System notices for administrators. */
export interface NoticeRow {
  readonly id: Integer | null;
  readonly type: Integer | null;
  readonly description: string | null;
  readonly created_unix: Integer | null;
}

/** Additional e-mail addresses. */
export interface EmailAddressRow {
  readonly id: Integer | null;
  readonly uid: Integer | null;
  readonly email: string | null;
  readonly is_activated: boolean | null;
}

/** Version of the schema. */
export interface VersionRow {
  readonly id: Integer | null;
  readonly version: Integer | null;
}

/** Permissions, derived from the rest. */
export interface AccessRow {
  readonly id: Integer | null;
  readonly user_id: Integer | null;
  readonly repo_id: Integer | null;
  readonly mode: Integer | null;
}

/** Access tokens of the API. */
export interface AccessTokenRow {
  readonly id: Integer | null;
  readonly uid: Integer | null;
  readonly name: string | null;
  readonly sha1: string | null;
  /** From 0.13.0 on. */
  readonly sha256: string | null;
  readonly created_unix: Integer | null;
  readonly updated_unix: Integer | null;
}

/** The activity shown on dashboards. */
export interface ActionRow {
  readonly id: Integer | null;
  readonly user_id: Integer | null;
  readonly op_type: Integer | null;
  readonly act_user_id: Integer | null;
  readonly act_user_name: string | null;
  readonly repo_id: Integer | null;
  readonly repo_user_name: string | null;
  readonly repo_name: string | null;
  readonly ref_name: string | null;
  readonly is_private: boolean | null;
  readonly content: string | null;
  readonly created_unix: Integer | null;
}

/** Who follows whom. */
export interface FollowRow {
  readonly id: Integer | null;
  readonly user_id: Integer | null;
  readonly follow_id: Integer | null;
}

/** Git LFS objects. From 0.12.0 on. */
export interface LFSObjectRow {
  readonly repo_id: Integer | null;
  readonly oid: string | null;
  readonly size: Integer | null;
  readonly storage: string | null;
  /** RFC 3339. */
  readonly created_at: string | null;
}

/** LDAP, SMTP, PAM and GitHub logins. */
export interface LoginSourceRow {
  readonly id: Integer | null;
  readonly type: Integer | null;
  readonly name: string | null;
  readonly is_actived: boolean | null;
  /** From 0.11.66 on. */
  readonly is_default: boolean | null;
  readonly cfg: string | null;
  readonly created_unix: Integer | null;
  readonly updated_unix: Integer | null;
}
