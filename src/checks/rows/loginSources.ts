/** Login sources that make the login page fail for everybody. */

import { danger } from '../../core/danger.js';
import { CellKind } from '../../core/rows.js';
import { integerOf, textOf } from '../../core/values.js';
import { columnIndexes } from '../../gogs/tables.js';
import type { StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { texts } from './texts.js';

const SOURCE = 'internal/db/login_sources.go@v0.13.0: AfterFind, BeforeSave; measured';

export const LOGIN_SOURCE_WITHOUT_CONFIG = danger({
  code: 'login-source-without-config',
  severity: 'error',
  words: () => texts().loginSourceWithoutConfig,
  needsHand: true,
  source: SOURCE,
});

export const LOGIN_SOURCE_TYPE = danger({
  code: 'login-source-type',
  severity: 'error',
  words: () => texts().loginSourceType,
  needsHand: true,
  source: SOURCE,
});

export const LOGIN_SOURCE_PROVIDER = danger({
  code: 'login-source-provider',
  severity: 'info',
  words: () => texts().loginSourceProvider,
  needsHand: false,
  source: SOURCE,
});

/** LDAP, SMTP, PAM, LDAP (simple), GitHub: internal/auth/auth.go@v0.13.0 */
const TYPES: ReadonlySet<number | undefined> = new Set([2, 3, 4, 5, 6]);

export const loginSources: StartCheck = ({ names, notice }) => ({
  stepFor(table) {
    if (table.name !== 'login_source') return undefined;
    const [type, config, provider] = columnIndexes(table, 'type', 'cfg', 'Provider');
    const place = placeOf(table, names);
    return (row) => {
      const { kind } = row.cell(provider);
      if (kind !== CellKind.Missing && kind !== CellKind.Null) notice({ ...LOGIN_SOURCE_PROVIDER, place: place(row) });
      if (!TYPES.has(integerOf(row.cell(type)))) notice({ ...LOGIN_SOURCE_TYPE, place: place(row) });
      else if (!isConfig(textOf(row.cell(config)))) notice({ ...LOGIN_SOURCE_WITHOUT_CONFIG, place: place(row) });
      return undefined;
    };
  },
});

function isConfig(text: Buffer | undefined): boolean {
  try {
    const value: unknown = JSON.parse(text?.toString('utf8') ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
  } catch {
    return false;
  }
}
