/**
 * The columns that refer to rows of other tables, and what happens to a row whose target is missing. Values of 0 and below
 * refer to nothing, as everywhere in Gogs (-1 is the ghost user: internal/db/users.go@v0.13.0, NewGhostUser).
 *
 * Does not list references for which Gogs by design shows a ghost or nothing if the target is missing: posters of issues and
 * comments, publishers, mergers, actors, the base of a fork, the head of a pull request.
 */

/**
 * `belongs`: the row is meaningless without its target, and accessing it fails with "record not found". `leftover`: the same,
 * but Gogs itself leaves such rows behind when it deletes the target, and nothing reads them. `points`: the row is meaningful
 * by itself, but pages that show its target fail.
 */
export type ReferenceKind = 'belongs' | 'leftover' | 'points';

export interface Reference {
  /** SQL name of the referring table. */
  readonly table: string;
  readonly column: string;
  /** SQL name of the table that is referred to by id. */
  readonly to: string;
  readonly kind: ReferenceKind;
}

function references(kind: ReferenceKind, to: string, columns: readonly string[]): Reference[] {
  return columns.map((name) => {
    const [table = '', column = ''] = name.split('.');
    return { table, column, to, kind };
  });
}

export const REFERENCES: readonly Reference[] = [
  // Deleted together with the user: DeleteByID in internal/db/users.go@v0.13.0. Users who own repositories or are in an
  // organization cannot be deleted.
  ...references('belongs', 'user', [
    'public_key.owner_id',
    'repository.owner_id',
    'collaboration.user_id',
    'watch.user_id',
    'star.uid',
    'issue_user.uid',
    'team.org_id',
    'org_user.uid',
    'org_user.org_id',
    'team_user.uid',
    'team_user.org_id',
    'team_repo.org_id',
    'email_address.uid',
    'access.user_id',
    'access_token.uid',
    'action.user_id',
    'follow.user_id',
    'follow.follow_id',
    'webhook.org_id',
  ]),
  // DeleteByID leaves these rows.
  ...references('leftover', 'user', [
    'two_factor.user_id',
    'two_factor_recovery_code.user_id',
    'protect_branch_whitelist.user_id',
  ]),
  // Cleared there; otherwise loadAttributes in internal/db/issue.go@v0.13.0 fails.
  ...references('points', 'user', ['issue.assignee_id']),
  // Deleted together with the repository: DeleteRepository in internal/db/repo.go@v0.13.0.
  ...references('belongs', 'repository', [
    'deploy_key.repo_id',
    'collaboration.repo_id',
    'watch.repo_id',
    'star.repo_id',
    'issue.repo_id',
    'pull_request.base_repo_id',
    'issue_user.repo_id',
    'milestone.repo_id',
    'mirror.repo_id',
    'release.repo_id',
    'webhook.repo_id',
    'hook_task.repo_id',
    'protect_branch.repo_id',
    'protect_branch_whitelist.repo_id',
    'team_repo.repo_id',
    'access.repo_id',
    'action.repo_id',
    'lfs_object.repo_id',
  ]),
  // Not deleted there.
  ...references('leftover', 'repository', ['label.repo_id']),
  ...references('leftover', 'issue', ['issue_label.issue_id', 'pull_request.issue_id', 'issue_user.issue_id']),
  ...references('belongs', 'issue', ['comment.issue_id', 'attachment.issue_id']),
  ...references('belongs', 'comment', ['attachment.comment_id']),
  ...references('belongs', 'label', ['issue_label.label_id']),
  ...references('belongs', 'public_key', ['deploy_key.key_id']),
  ...references('belongs', 'team', ['team_user.team_id', 'team_repo.team_id']),
  ...references('leftover', 'webhook', ['hook_task.hook_id']),
  // loadAttributes in internal/db/issue.go@v0.13.0 fails without it.
  ...references('points', 'milestone', ['issue.milestone_id']),
  // DeleteReleaseOfRepoByID in internal/db/release.go@v0.13.0 keeps the files.
  ...references('leftover', 'release', ['attachment.release_id']),
  // Authenticate in internal/db/users.go@v0.13.0.
  ...references('points', 'login_source', ['user.login_source']),
];
