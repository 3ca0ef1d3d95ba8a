/** What 0.11 did to data, by schema version. v18 widened `repository.description`: no row changes. */
import { deleteRows, type Release } from '../Change.js';

export const RELEASES_0_11: readonly Release[] = [
  {
    version: '0.11.4',
    schema: 17,
    changes: [
      // models/migrations/v17.go@v0.11.4
      deleteRows(
        'protect_branch_whitelist',
        { test: 'equals', column: 'protect_branch_id', value: 0 },
        'it belongs to no protected branch',
      ),
    ],
  },
  {
    version: '0.11.66',
    schema: 19,
    changes: [
      // models/migrations/v19.go@v0.11.66. Gogs also deletes every webhook of an organization, whose repo_id is 0: clearly
      // unintended, so those stay.
      deleteRows(
        'webhook',
        { test: 'dangles', column: 'repo_id', target: 'repository', exceptIfSet: 'org_id' },
        'its repository is gone',
      ),
      deleteRows('hook_task', { test: 'dangles', column: 'repo_id', target: 'repository' }, 'its repository is gone'),
    ],
  },
];
