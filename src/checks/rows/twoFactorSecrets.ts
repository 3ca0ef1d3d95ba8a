/** Two-factor secrets that cannot be decrypted with the archive's SECRET_KEY. Never shows any part of a secret or the key. */

import { createDecipheriv, hash } from 'node:crypto';
import { danger } from '../../core/danger.js';
import { integerOf, textOf } from '../../core/values.js';
import { columnIndex } from '../../gogs/tables.js';
import type { StartCheck } from '../Check.js';
import { texts } from './texts.js';

const SOURCE = 'internal/db/two_factor.go@v0.13.0: ValidateTOTP; gogs issue 5222';

export const TWO_FACTOR_SECRET = danger({
  code: 'two-factor-secret',
  severity: 'warning',
  words: () => texts().twoFactorSecret,
  needsHand: false,
  source: SOURCE,
});

export const TWO_FACTOR_KEY = danger({
  code: 'two-factor-key',
  severity: 'error',
  words: () => texts().twoFactorKey,
  needsHand: true,
  source: SOURCE,
});

export const TWO_FACTOR_WITHOUT_KEY = danger({
  code: 'two-factor-without-key',
  severity: 'warning',
  words: () => texts().twoFactorWithoutKey,
  needsHand: false,
  source: SOURCE,
});

/** A single secret may be damaged; if this many all fail, the cause is the key. */
const ALL_FAIL_FROM = 2;
const MOST_PLACES = 5;

export const twoFactorSecrets: StartCheck = ({ facts, target, names, notice }) => {
  // An empty key does not count, because go-ini then keeps the default.
  const secretKey = facts?.secretKey || target.history.publishedKeyOf(undefined);
  const key = facts === undefined ? undefined : hash('md5', secretKey, 'buffer');
  let secrets = 0;
  let failed = 0;
  const places: string[] = [];
  return {
    stepFor(table) {
      if (table.name !== 'two_factor') return undefined;
      const [user, secret] = [columnIndex(table, 'user_id'), columnIndex(table, 'secret')];
      return (row) => {
        secrets++;
        if (key !== undefined && opens(textOf(row.cell(secret)), key)) return undefined;
        failed++;
        if (places.length < MOST_PLACES) places.push(names.describeUser(integerOf(row.cell(user))));
        return undefined;
      };
    },
    finish() {
      const allFail = failed === secrets && secrets >= ALL_FAIL_FROM;
      const danger = key === undefined ? TWO_FACTOR_WITHOUT_KEY : allFail ? TWO_FACTOR_KEY : TWO_FACTOR_SECRET;
      for (const place of places) notice({ ...danger, place });
      const others = failed - places.length;
      if (others > 0) notice({ ...danger, times: others });
    },
  };
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Decrypts base64 of nonce, AES-128-GCM ciphertext and tag: AESGCMDecrypt of github.com/unknwon/com. */
function opens(secret: Buffer | undefined, key: Buffer): boolean {
  const sealed = Buffer.from(secret?.toString('latin1') ?? '', 'base64');
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return false;
  const decipher = createDecipheriv('aes-128-gcm', key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
    decipher.final();
    return true;
  } catch {
    return false;
  }
}
