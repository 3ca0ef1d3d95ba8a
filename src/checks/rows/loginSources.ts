/** Login sources that make the login page fail for everybody. */

import { CellKind } from '../../core/rows.js';
import { integerOf, textOf } from '../../core/values.js';
import { columnIndex } from '../../gogs/tables.js';
import type { Danger, StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';

const SOURCE = 'internal/db/login_sources.go@v0.13.0: AfterFind, BeforeSave; measured';

export const LOGIN_SOURCE_WITHOUT_CONFIG: Danger = {
  code: 'login-source-without-config',
  severity: 'error',
  title: 'Login sources have no configuration that Gogs can read',
  consequence: 'Gogs reads all login sources to show the login page, which then answers 500 for everybody.',
  remedy:
    'Look at Authentication Sources on the old server, save them there and back up again; or after the restore delete the row from table login_source.',
  needsHand: true,
  source: SOURCE,
};

export const LOGIN_SOURCE_TYPE: Danger = {
  code: 'login-source-type',
  severity: 'error',
  title: 'Login sources are of a kind that Gogs does not know',
  consequence: 'Gogs reads all login sources to show the login page, which then answers 500 for everybody.',
  remedy:
    'Delete the login source on the old server and back up again, or delete its row from table login_source after the restore.',
  needsHand: true,
  source: SOURCE,
};

export const LOGIN_SOURCE_PROVIDER: Danger = {
  code: 'login-source-provider',
  severity: 'info',
  title: 'Login sources carry a Provider',
  consequence: 'A restore that meets one stops: the field is an interface, which nothing can be read into.',
  remedy: 'It is written as null: Gogs makes it from the configuration, which stays.',
  needsHand: false,
  source: SOURCE,
};

/** LDAP, SMTP, PAM, LDAP (simple), GitHub: internal/auth/auth.go@v0.13.0 */
const TYPES: ReadonlySet<number | undefined> = new Set([2, 3, 4, 5, 6]);

export const loginSources: StartCheck = ({ names, notice }) => ({
  stepFor(table) {
    if (table.name !== 'login_source') return undefined;
    const [type, config, provider] = ['type', 'cfg', 'Provider'].map((name) => columnIndex(table, name)) as [
      number,
      number,
      number,
    ];
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
