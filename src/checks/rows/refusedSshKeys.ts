/** SSH keys of a type that the target no longer accepts. */
import { danger } from '../../core/danger.js';
import { integerOf, textOf } from '../../core/values.js';
import { columnIndexes } from '../../gogs/tables.js';
import type { StartCheck } from '../Check.js';
import { texts } from './texts.js';

export const REFUSED_SSH_KEY = danger({
  code: 'refused-ssh-key',
  severity: 'warning',
  words: () => texts().refusedSshKey,
  needsHand: true,
  source: 'internal/database/ssh_key.go@eb1054e54 (0.15.0+dev); gogs pull request 8313',
});

export const refusedSshKeys: StartCheck = ({ target, notice }) => {
  const { refusedSshKeys: kinds } = target.program;
  if (kinds.length === 0) return undefined;
  return {
    stepFor(table) {
      if (table.name !== 'public_key') return undefined;
      const [id, owner, content] = columnIndexes(table, 'id', 'owner_id', 'content');
      return (row) => {
        const text = textOf(row.cell(content))?.toString('latin1').trimStart() ?? '';
        if (kinds.some((kind) => text.startsWith(`${kind} `))) {
          const [key, user] = [integerOf(row.cell(id)) ?? '?', integerOf(row.cell(owner)) ?? '?'];
          notice({ ...REFUSED_SSH_KEY, place: texts().sshKeyPlace({ id: key, user }) });
        }
        return undefined;
      };
    },
  };
};
