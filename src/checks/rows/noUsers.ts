/** A database without a user: nobody could sign in, and no server that ran was like that. */
import { integerOf } from '../../core/values.js';
import { columnIndex } from '../../gogs/tables.js';
import type { Danger, StartCheck } from '../Check.js';

export const NO_USERS: Danger = {
  code: 'no-users',
  severity: 'error',
  title: 'There is no user',
  consequence: 'Nobody can sign in. A server that was in use has users: the rows are missing, perhaps all of them.',
  remedy:
    'Find out why: a dump made with --no-data or --schema-only, or of an empty server. Use one that has its rows.',
  needsHand: true,
  source: 'internal/db/users.go@v0.13.0: UserTypeIndividual',
};

/** UserTypeOrganization */
const ORGANIZATION = 1;

export const noUsers: StartCheck = ({ tables, notice }) => {
  // A table that is missing is told of as such.
  if (!tables.has('user')) return undefined;
  let hasUsers = false;
  let isRead = false;
  return {
    stepFor(table) {
      if (table.name !== 'user') return undefined;
      isRead = true;
      const type = columnIndex(table, 'type');
      return (row) => {
        hasUsers ||= integerOf(row.cell(type)) !== ORGANIZATION;
        return undefined;
      };
    },
    finish() {
      if (isRead && !hasUsers) notice(NO_USERS);
    },
  };
};
