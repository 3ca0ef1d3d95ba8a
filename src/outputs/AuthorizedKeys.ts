/** Builds authorized_keys from the SSH keys in the database, as `gogs admin rewrite-authorized-keys` does. */

import { toInteger } from '../core/coerce.js';
import type { Row, RowConsumer } from '../core/rows.js';
import { textOf } from '../core/values.js';
import { authorizedKey } from '../gogs/delegateHooks.js';
import type { ServerLayout } from '../gogs/serverLayout.js';
import { columnIndex, type Table } from '../gogs/tables.js';

export class AuthorizedKeys {
  readonly #layout: ServerLayout;
  readonly #lines: string[] = [];

  constructor(layout: ServerLayout) {
    this.#layout = layout;
  }

  /** Reads the rows of public_key and passes them on to `next`. */
  watch(table: Table, next: RowConsumer): RowConsumer {
    const id = columnIndex(table, 'id');
    const content = columnIndex(table, 'content');
    const { program, config } = this.#layout;
    return {
      row: (row: Row) => {
        const key = textOf(row.cell(content))?.toString().trim();
        // A line break would start another entry, with options of its own.
        if (key !== undefined && key !== '' && !/[\r\n]/.test(key)) {
          this.#lines.push(authorizedKey(toInteger(row.cell(id)) ?? '0', key, program, config));
        }
        next.row(row);
      },
      drain: async () => next.drain?.(),
    };
  }

  toBuffer(): Buffer {
    return Buffer.from(this.#lines.join(''));
  }
}
