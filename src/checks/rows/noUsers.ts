/** A database without users: nobody could sign in, and no real server is like that. */
import { danger } from '../../core/danger.js';
import { integerOf } from '../../core/values.js';
import { columnIndex } from '../../gogs/tables.js';
import type { StartCheck } from '../Check.js';
import { texts } from './texts.js';

export const NO_USERS = danger({
  code: 'no-users',
  severity: 'error',
  words: () => texts().noUsers,
  needsHand: true,
  source: 'internal/db/users.go@v0.13.0: UserTypeIndividual',
});

/** UserTypeOrganization */
const ORGANIZATION = 1;

export const noUsers: StartCheck = ({ tables, notice }) => {
  // A missing table has its own finding.
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
