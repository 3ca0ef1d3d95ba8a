/** Reads one table of an archive as the target's restore does, and reports where the restore would go wrong. */
import { isUtf8 } from 'node:buffer';
import { InputError } from '../../core/errors.js';
import { Row } from '../../core/rows.js';
import { JsonLinesReader } from '../../formats/json/JsonLinesReader.js';
import type { ZipEntry } from '../../formats/zip/ZipEntry.js';
import type { ZipReader } from '../../formats/zip/ZipReader.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import { GoStruct, type StructProblem } from '../../gogs/restore/GoStruct.js';
import { goKeysOf } from '../../gogs/restore/goKeysOf.js';
import { RestoreScanner } from '../../gogs/restore/RestoreScanner.js';
import type { Table } from '../../gogs/tables.js';

/**
 * The effect of `\u0000`: a restore strips it from gorm's tables. It also strips half of an escaped backslash before `u0000`,
 * which looks the same, and may leave invalid JSON. Other tables keep it, and PostgreSQL rejects NUL.
 */
export type NulEffect = 'stripped' | 'breaks' | 'kept';

export interface RestoredTableConsumer {
  /** A row as it ends up in the struct. `afterLongLine`: the restore never reads it. `areUtf8`: all its texts are. */
  row(row: Row, afterLongLine: boolean, areUtf8: boolean): void;
  drain?(): Promise<void>;
  /** The row that is passed on next lacks a key, or holds a value that its field cannot take. */
  problem(problem: StructProblem, key: string, row: Row): void;
  /** A line that is not a row at all; the message names it. */
  unreadable(message: string): void;
  /** A line with NUL characters, by number. Undefined if they are not looked for: a fiftieth of the time goes into that. */
  readonly nul?: ((line: number, effect: NulEffect) => void) | undefined;
}

export interface TableInArchive {
  readonly zip: ZipReader;
  readonly entry: ZipEntry;
  readonly table: Table;
  readonly target: Target;
}

const NEWLINE = 0x0a;
const NUL_ESCAPE = '\\u0000';

/** Resolves to the line at which a restore stops reading the table, if any. Throws InputError for a damaged entry. */
export async function readTable(
  { zip, entry, table, target }: TableInArchive,
  consumer: RestoredTableConsumer,
  signal?: AbortSignal,
): Promise<RestoreScanner['tooLong']> {
  const row = new Row(table.columns.length);
  const struct = new GoStruct(table, target);
  let afterLongLine = false;
  let areUtf8 = true;
  let number = 0;
  const report = (problem: StructProblem, key: string): void => consumer.problem(problem, key, row);
  const take = (): void => {
    row.line = number;
    struct.take(row, report, areUtf8);
    consumer.row(row, afterLongLine, areUtf8);
  };
  const options = {
    file: `${table.type}.json`,
    meaningOf: goKeysOf(table, target),
    maxLineBytes: Number.POSITIVE_INFINITY,
    strict: true,
    // Function `indirect` in decode.go of encoding/json: null has no effect.
    skipsNulls: target.restore.jsonDecoder === 'encoding/json',
  };
  const reader = new JsonLinesReader(options, row, { row: take });
  let mayHoldNul = false;
  const reportNul = (line: Buffer): void => {
    const effect = line.includes(NUL_ESCAPE) ? nulEffect(line, target.restore.gormTables.has(table.name)) : undefined;
    if (effect !== undefined) consumer.nul?.(number, effect);
  };
  const scanner = new RestoreScanner(
    {
      line(bytes, start, end, isAfterLongLine) {
        number++;
        afterLongLine = isAfterLongLine;
        // Lines between the newlines of a chunk are checked together.
        areUtf8 &&= (bytes === current && start > 0) || isUtf8(bytes.subarray(start, end));
        if (mayHoldNul) reportNul(bytes.subarray(start, end));
        try {
          reader.readLine(bytes, start, end);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          consumer.unreadable(error.message);
        }
      },
    },
    target.restore.maxLineBytes,
  );
  let carry = Buffer.alloc(0);
  let current: Buffer = carry;
  for await (const chunk of zip.chunks(entry, signal)) {
    current = chunk;
    // A row can take over a text of the one before, so one text of other bytes makes all rows after it be searched.
    areUtf8 &&= isUtf8(chunk.subarray(chunk.indexOf(NEWLINE) + 1, chunk.lastIndexOf(NEWLINE) + 1));
    if (consumer.nul !== undefined) {
      // A line, or the escape itself, may span two chunks.
      mayHoldNul ||= chunk.includes(NUL_ESCAPE) || Buffer.concat([carry, chunk.subarray(0, 5)]).includes(NUL_ESCAPE);
      carry = Buffer.concat([carry, chunk.subarray(-5)]).subarray(-5);
    }
    scanner.feed(chunk);
    await consumer.drain?.();
  }
  scanner.end();
  await consumer.drain?.();
  return scanner.tooLong;
}

/** Works like bytes.ReplaceAll, which also matches after an escaped backslash: importTable in internal/db/backup.go */
function nulEffect(line: Buffer, stripped: boolean): NulEffect | undefined {
  const text = line.toString('utf8');
  if (!stripped) return /(?<!\\)(?:\\\\)*\\u0000/.test(text) ? 'kept' : undefined;
  try {
    JSON.parse(text.replaceAll(NUL_ESCAPE, ''));
    return 'stripped';
  } catch {
    return 'breaks';
  }
}
