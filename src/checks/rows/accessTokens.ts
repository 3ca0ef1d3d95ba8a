/**
 * Tokens that a restore rejects, or that nobody can use. The columns sha1 and sha256 are unique
 * (internal/db/access_tokens.go@v0.13.0), so a token that occurs twice stops the restore with "Duplicate entry".
 */

import { danger } from '../../core/danger.js';
import { HashSet } from '../../core/HashSet.js';
import type { Row } from '../../core/rows.js';
import { integerOf, isEmpty, textOf } from '../../core/values.js';
import { sha256Hex } from '../../gogs/sha256Hex.js';
import { columnIndexes } from '../../gogs/tables.js';
import type { StartCheck } from '../Check.js';
import { texts } from './texts.js';

const SOURCE = 'internal/db/access_tokens.go@v0.13.0; gogs issue 7697';

export const TOKEN_WITHOUT_VALUE = danger({
  code: 'token-without-value',
  severity: 'warning',
  words: () => texts().tokenWithoutValue,
  needsHand: true,
  source: SOURCE,
});

export const TOKEN_GIVEN_TWICE = danger({
  code: 'token-given-twice',
  severity: 'error',
  words: () => texts().tokenGivenTwice,
  needsHand: true,
  source: SOURCE,
});

export const TOKEN_HASH_MISMATCH = danger({
  code: 'token-hash-mismatch',
  severity: 'warning',
  words: () => texts().tokenHashMismatch,
  needsHand: false,
  source: SOURCE,
});

export const accessTokens: StartCheck = ({ names, notice }) => ({
  stepFor(table) {
    if (table.name !== 'access_token') return undefined;
    const [id, user, sha1, sha256] = columnIndexes(table, 'id', 'uid', 'sha1', 'sha256');
    const seen = new HashSet();
    const place = (row: Row): string =>
      texts().tokenPlace({
        id: integerOf(row.cell(id)) ?? '?',
        user: names.describeUser(integerOf(row.cell(user))),
      });
    return (row) => {
      if (isEmpty(row.cell(sha1))) {
        notice({ ...TOKEN_WITHOUT_VALUE, place: place(row) });
        return texts().tokenHasNoValue;
      }
      const hash = textOf(row.cell(sha256))?.toString('latin1') ?? '';
      const stored = textOf(row.cell(sha1)) ?? Buffer.alloc(0);
      const expected = sha256Hex(stored);
      if (!seen.add(Number.parseInt(expected.slice(0, 13), 16))) {
        notice({ ...TOKEN_GIVEN_TWICE, place: place(row) });
        return texts().tokenIsGivenTwice;
      }
      if (hash !== expected && hash.slice(0, 40) !== stored.toString('latin1')) {
        notice({ ...TOKEN_HASH_MISMATCH, place: place(row) });
      }
      return undefined;
    };
  },
});
