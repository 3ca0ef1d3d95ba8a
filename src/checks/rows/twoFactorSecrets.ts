/** Two-factor secrets that the archive's SECRET_KEY does not open. Nothing of a secret or the key is ever shown. */
import { createDecipheriv, hash } from 'node:crypto';
import { integerOf, textOf } from '../../core/values.js';
import { columnIndex } from '../../gogs/tables.js';
import type { Danger, StartCheck } from '../Check.js';

const SOURCE = 'internal/db/two_factor.go@v0.13.0: ValidateTOTP; gogs issue 5222';

export const TWO_FACTOR_SECRET: Danger = {
  code: 'two-factor-secret',
  severity: 'warning',
  title: "Two-factor secrets do not open with the archive's SECRET_KEY",
  consequence:
    'These users cannot sign in with a passcode ("cipher: message authentication failed"), neither on the old server nor on the new one. Their recovery codes work.',
  remedy: 'Let them sign in with a recovery code and enrol again, or delete their rows from table two_factor.',
  needsHand: false,
  source: SOURCE,
};

export const TWO_FACTOR_KEY: Danger = {
  code: 'two-factor-key',
  severity: 'error',
  title: "No two-factor secret opens with the archive's SECRET_KEY",
  consequence: 'It is not the key they were made with: nobody with two-factor authentication can sign in.',
  remedy:
    'Find the right key, in an earlier app.ini or in the environment of the old server: --set security.SECRET_KEY=….',
  needsHand: true,
  source: SOURCE,
};

export const TWO_FACTOR_WITHOUT_KEY: Danger = {
  code: 'two-factor-without-key',
  severity: 'warning',
  title: 'There are two-factor secrets, and the input has no app.ini with their SECRET_KEY',
  consequence: 'With another key nobody with two-factor authentication can sign in.',
  remedy: "Put the old server's [security] SECRET_KEY into the new app.ini.",
  needsHand: false,
  source: SOURCE,
};

/** One secret alone may be damaged; of so many, all that fail have one reason. */
const ALL_FAIL_FROM = 2;
const MOST_PLACES = 5;

export const twoFactorSecrets: StartCheck = ({ facts, target, notice }) => {
  // An empty one is none: go-ini leaves the default then.
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
        if (places.length < MOST_PLACES) places.push(`user ${integerOf(row.cell(user)) ?? '?'}`);
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

/** Base64 of nonce, AES-128-GCM and its tag: AESGCMDecrypt of github.com/unknwon/com. */
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
