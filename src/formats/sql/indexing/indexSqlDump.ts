/**
 * Indexes a dump of mysqldump, pg_dump, sqlite3's .dump, xorm or another program in one fast pass. `readSqlRows` then reads the
 * rows of tables in any order.
 *
 * Reads plain files: `openSqlFile` decompresses others, and rejects binary dumps.
 */

import { open } from 'node:fs/promises';
import { InputError } from '../../../core/errors.js';
import { Row } from '../../../core/rows.js';
import { FileWindow } from '../../../files/FileWindow.js';
import { readFully } from '../../../files/readFully.js';
import type { SqlDump } from '../dump/SqlDump.js';
import { detectDialect } from '../opening/detectDialect.js';
import { readSqlRows } from '../rows/readSqlRows.js';
import { SqlTokenizer } from '../statements/SqlTokenizer.js';
import type { DumpKind } from '../syntax/Dialect.js';
import { texts } from '../texts.js';
import { DumpIndexer } from './DumpIndexer.js';

export interface IndexOptions {
  /** The name of the dump for messages; by default its path. */
  readonly name?: string;
  /** The kind, if known; otherwise it is detected from the beginning. */
  readonly kind?: DumpKind;
  readonly signal?: AbortSignal | undefined;
  readonly chunkSize?: number | undefined;
}

const HEAD_LENGTH = 256 * 1024;
const SCAN_CHUNK = 1024 * 1024;

/** Finds the tables of a dump. Memory does not grow with its rows. */
export async function indexSqlDump(path: string, options: IndexOptions = {}): Promise<SqlDump> {
  const file = await open(path, 'r');
  try {
    const name = options.name ?? path;
    const { size } = await file.stat();
    const head = await readFully(file, 0, Math.min(HEAD_LENGTH, size));
    const kind = options.kind ?? detectDialect(head);
    if (kind === undefined) {
      throw new InputError(texts().nothingLikeSql({ name, bytes: head.length }));
    }
    // The byte order mark that some Windows programs write before UTF-8.
    const begin = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
    const indexer = new DumpIndexer(name, kind);
    const tokenizer = new SqlTokenizer({ ...kind, name, onComment: (text) => indexer.addComment(text) }, (statement) =>
      indexer.add(statement, tokenizer),
    );
    const window = new FileWindow(file, begin, size, { chunkSize: options.chunkSize ?? SCAN_CHUNK });
    let position = 0;
    while (!window.final) {
      const keep = tokenizer.keepFrom(position);
      await window.fill(keep);
      options.signal?.throwIfAborted();
      position = tokenizer.scan(window.bytes, position - keep, window.end, window.offset, window.final);
    }
    const dump = { path, kind, size, ...(await indexer.finish(file)) };
    return kind.dialect === 'sqlite3' ? await withoutInternalTables(dump) : dump;
  } finally {
    await file.close();
  }
}

/**
 * SQLite keeps the last automatic ids in a table of its own. `nextId` contains the same information, so the table is left out.
 */
async function withoutInternalTables(dump: SqlDump): Promise<SqlDump> {
  const nextIds = new Map<string, bigint>();
  const sequences = dump.tables.find(({ name }) => name === 'sqlite_sequence');
  if (sequences !== undefined) {
    const row = new Row(2);
    const take = (): void => {
      const [name, last] = row.cells.map(({ bytes, start, end }) => bytes.toString('utf8', start, end));
      if (name !== undefined && last !== undefined && /^\d+$/.test(last)) nextIds.set(name, BigInt(last) + 1n);
    };
    const columnOf = (name: string): number => (name === 'name' ? 0 : 1);
    await readSqlRows(dump, sequences, { row, columnOf, consumer: { row: take } }, { columns: ['name', 'seq'] });
  }
  const tables = dump.tables
    .filter(({ name }) => !name.startsWith('sqlite_'))
    .map((table) => {
      const isCountedOn = sequences?.rows.some(({ start }) => start < (table.rows.at(-1)?.end ?? 0));
      return { ...table, nextId: nextIds.get(table.name), firstId: isCountedOn ? undefined : table.firstId };
    });
  return { ...dump, tables };
}
