/** Takes tables as a backup would, says what a restore would make of them, and keeps nothing. */
import type { Notice } from '../core/findings.js';
import { shortenEscapes } from '../core/jsonText.js';
import type { Row, RowConsumer } from '../core/rows.js';
import { JsonLinesWriter } from '../formats/json/JsonLinesWriter.js';
import { derivedValuesOf } from '../gogs/restore/deriveValues.js';
import { membersOf, shaperOf, UnfitValue } from '../gogs/restore/restoreShape.js';
import type { Table } from '../gogs/tables.js';
import { MAX_RESTORED_LINE, type Target } from '../gogs/targets.js';
import { longRowNotice } from './longRowNotice.js';
import type { Sink } from './Sink.js';

export interface DiscardingSinkOptions {
  readonly target: Target;
  readonly notice: (notice: Notice) => void;
}

export class DiscardingSink implements Sink {
  readonly #options: DiscardingSinkOptions;

  constructor(options: DiscardingSinkOptions) {
    this.#options = options;
  }

  beginTable(table: Table): RowConsumer {
    return new DiscardedTable(table, this.#options);
  }

  async endTable(): Promise<void> {}
}

class DiscardedTable implements RowConsumer {
  readonly #table: Table;
  readonly #notice: (notice: Notice) => void;
  readonly #lines: JsonLinesWriter;
  readonly #shape: (row: Row) => void;
  readonly #derive: ((row: Row) => void) | undefined;

  constructor(table: Table, { target, notice }: DiscardingSinkOptions) {
    const members = membersOf(table, target.firstRelease);
    this.#table = table;
    this.#notice = notice;
    this.#lines = new JsonLinesWriter(members);
    this.#shape = shaperOf(table, members);
    this.#derive = derivedValuesOf(table);
  }

  row(row: Row): void {
    try {
      this.#shape(row);
    } catch (error) {
      if (!(error instanceof UnfitValue)) throw error;
      this.#notice(unfitValueNotice(this.#table, row, error.column));
      return;
    }
    this.#derive?.(row);
    const length = this.#lines.write(row);
    if (length <= MAX_RESTORED_LINE) return;
    const short = shortenEscapes(this.#lines.takeBack(length));
    if (short.length > MAX_RESTORED_LINE) this.#notice(longRowNotice(this.#table, row, short.length));
  }

  async drain(): Promise<void> {
    this.#lines.clear();
  }
}

function unfitValueNotice(table: Table, row: Row, column: string): Notice {
  return {
    code: 'unfit-value',
    severity: 'error',
    title: 'Values are not of the kind that their column has',
    consequence: 'A restore would stop there, so nothing is upgraded.',
    remedy: 'Mend the value in the input, or leave the row out.',
    needsHand: true,
    source: 'internal/db/backup.go@v0.13.0: the rows are decoded into Go structs',
    place: `${table.type} line ${row.line}, ${column}`,
  };
}
