/** SSH keys of a kind that the target no longer accepts. */
import { integerOf, textOf } from '../../core/values.js';
import { columnIndex } from '../../gogs/tables.js';
import type { Danger, StartCheck } from '../Check.js';

export const REFUSED_SSH_KEY: Danger = {
  code: 'refused-ssh-key',
  severity: 'warning',
  title: 'SSH keys are of a kind that Gogs takes no more',
  consequence: 'Who has no other key cannot clone or push by SSH any more; a deploy key stops working.',
  remedy:
    'Let their owners add a new key, such as one of ssh-keygen -t ed25519. The rows are carried over as they are.',
  needsHand: true,
  source: 'internal/database/ssh_key.go@eb1054e54 (0.15.0+dev); gogs pull request 8313',
};

export const refusedSshKeys: StartCheck = ({ target, notice }) => {
  const { refusedSshKeys: kinds } = target.program;
  if (kinds.length === 0) return undefined;
  return {
    stepFor(table) {
      if (table.name !== 'public_key') return undefined;
      const [id, owner, content] = ['id', 'owner_id', 'content'].map((name) => columnIndex(table, name)) as [
        number,
        number,
        number,
      ];
      return (row) => {
        const text = textOf(row.cell(content))?.toString('latin1').trimStart() ?? '';
        if (kinds.some((kind) => text.startsWith(`${kind} `))) {
          const place = `PublicKey id ${integerOf(row.cell(id)) ?? '?'} of user ${integerOf(row.cell(owner)) ?? '?'}`;
          notice({ ...REFUSED_SSH_KEY, place });
        }
        return undefined;
      };
    },
  };
};
