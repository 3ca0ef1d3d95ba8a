/**
 * The parsers that a fuzzer calls with any bytes. Each target throws if its parser fails in any other way than reporting what
 * is wrong, or disagrees with a reference. `corpus.test.ts` calls them with the inputs that fuzzing found.
 */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserFacingError } from '../../src/core/errors.js';
import { decodeJsonText } from '../../src/core/jsonText.js';
import { CellKind, Row } from '../../src/core/rows.js';
import { openCsv, readCsvRows } from '../../src/formats/csv/readCsvRows.js';
import { IniDocument } from '../../src/formats/ini/IniDocument.js';
import { JsonLinesReader } from '../../src/formats/json/JsonLinesReader.js';
import { indexSqlDump } from '../../src/formats/sql/indexing/indexSqlDump.js';
import { readSqlRows } from '../../src/formats/sql/rows/readSqlRows.js';
import type { DumpKind } from '../../src/formats/sql/syntax/Dialect.js';
import { SqliteDatabase } from '../../src/formats/sqlite/SqliteDatabase.js';
import { TarTree } from '../../src/formats/tar/TarTree.js';
import { ZipReader } from '../../src/formats/zip/ZipReader.js';
import { GOGS } from '../../src/gogs/gogsHistory.js';
import { readTable, type TableInArchive } from '../../src/verify/archive/readTable.js';

const scratch = join(tmpdir(), `gogs-backup-upgrade-fuzz-${process.pid}`);

/** Large enough that there are few chunks, so that reading them does not take longer than the rest. */
const pieceOf = ({ length }: Buffer): number => Math.max(16, Math.ceil(length / 6));

/** True if the work succeeded, false if it reported what is wrong with the bytes. */
async function isAccepted(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof UserFacingError) return false;
    throw error;
  }
}

/** JSON Lines: accepts what JSON.parse accepts as an object, and reads the same texts, regardless of chunk boundaries. */
export async function jsonLines(bytes: Buffer): Promise<void> {
  const read = async (chunkSize: number): Promise<{ accepted: boolean; texts: string[] }> => {
    const row = new Row(1);
    const texts: string[] = [];
    const consumer = {
      row: (): void => {
        for (const { name, cell } of row.extras) {
          const isText = cell.kind === CellKind.JsonText;
          const value = isText
            ? decodeJsonText(cell.bytes, cell.start, cell.end)
            : cell.bytes.subarray(cell.start, cell.end);
          texts.push(`${name}=${value.toString('utf8')}`);
        }
      },
    };
    const options = { file: 'Table.json', meaningOf: () => ({ use: 'extra' as const }), maxLineBytes: 1e6 };
    const reader = new JsonLinesReader(options, row, consumer);
    const accepted = await isAccepted(async () => {
      for (let at = 0; at < bytes.length; at += chunkSize) reader.feed(Buffer.from(bytes.subarray(at, at + chunkSize)));
      reader.end();
    });
    return { accepted, texts };
  };
  const [whole, pieces] = [await read(1e6), await read(3)];
  if (JSON.stringify(whole) !== JSON.stringify(pieces)) throw new Error('chunks change what is read');
  // Bytes that are not UTF-8 are accepted, and JSON.parse cannot check them.
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) return;
  const lines = text.split('\n').filter((line) => !/^[ \t\r]*$/.test(line));
  const expected = lines.every((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    } catch {
      return false;
    }
  });
  if (whole.accepted !== expected) throw new Error(`JSON.parse ${expected ? 'accepts' : 'refuses'} it`);
}

/** SQL: terminates, reports what is wrong, and finds the same rows regardless of chunk boundaries. */
async function sqlOf(bytes: Buffer, kind: DumpKind | undefined): Promise<void> {
  writeFileSync(scratch, bytes);
  const read = async (chunkSize: number): Promise<string> => {
    const rows: string[] = [];
    const accepted = await isAccepted(async () => {
      const dump = await indexSqlDump(scratch, { chunkSize, ...(kind === undefined ? {} : { kind }) });
      for (const table of dump.tables) {
        const row = new Row(1);
        const take = (): void => {
          rows.push(
            row.extras.map(({ cell }) => `${cell.kind}:${cell.bytes.toString('latin1', cell.start, cell.end)}`).join(),
          );
        };
        const options = { chunkSize, maxRowSize: 1e6, columns: ['a', 'b'] };
        await readSqlRows(dump, table, { row, columnOf: () => undefined, consumer: { row: take } }, options);
      }
    });
    return accepted ? JSON.stringify(rows) : 'refused';
  };
  if ((await read(1 << 20)) !== (await read(pieceOf(bytes)))) throw new Error('chunks change what is read');
}

export const sql = (bytes: Buffer): Promise<void> => sqlOf(bytes, undefined);
export const mysql = (bytes: Buffer): Promise<void> =>
  sqlOf(bytes, { dialect: 'mysql', producer: 'unknown', backslashEscapes: true });
export const postgres = (bytes: Buffer): Promise<void> =>
  sqlOf(bytes, { dialect: 'postgres', producer: 'unknown', backslashEscapes: false });
export const sqlite = (bytes: Buffer): Promise<void> =>
  sqlOf(bytes, { dialect: 'sqlite3', producer: 'unknown', backslashEscapes: false });

/** Zip: terminates, and reports what is wrong. */
export async function zip(bytes: Buffer): Promise<void> {
  writeFileSync(scratch, bytes);
  await isAccepted(async () => {
    const reader = await ZipReader.open(scratch, { limits: { maxEntries: 1000 } });
    try {
      for (const entry of reader.entries) {
        if (entry.encrypted || entry.uncompressedSize > 1e6) continue;
        await isAccepted(async () => {
          await reader.readBuffer(entry, 1e6);
        });
      }
    } finally {
      await reader.close();
    }
  });
}

/** CSV: terminates, reports what is wrong, and finds the same rows regardless of chunk boundaries. */
export async function csv(bytes: Buffer): Promise<void> {
  writeFileSync(scratch, bytes);
  const read = async (chunkSize: number): Promise<string> => {
    const rows: string[] = [];
    const accepted = await isAccepted(async () => {
      const file = await openCsv(scratch, { isColumn: (name) => /^[ab]$/.test(name) });
      const row = new Row(0);
      const take = (): void => {
        const cells = row.extras.map(
          ({ name, cell }) => `${name}=${cell.kind}:${cell.bytes.toString('latin1', cell.start, cell.end)}`,
        );
        rows.push(`${row.line} ${cells.join()}`);
      };
      await readCsvRows(
        file,
        { row, columnOf: () => undefined, consumer: { row: take } },
        { columns: ['a', 'b'], chunkSize, maxRowSize: 1e6 },
      );
    });
    return accepted ? JSON.stringify(rows) : 'refused';
  };
  if ((await read(1 << 20)) !== (await read(pieceOf(bytes)))) throw new Error('chunks change what is read');
}

/** app.ini: keeps every byte, and reads back what is set, in both modes of comments. */
export async function ini(bytes: Buffer): Promise<void> {
  for (const inlineComments of [false, true]) {
    await isAccepted(async () => {
      const document = IniDocument.parse(bytes, { inlineComments });
      if (!document.toBuffer().equals(bytes)) throw new Error('bytes that nobody changed are others');
      for (const section of document.sections()) for (const key of document.keys(section)) document.get(section, key);
      const [section = ''] = document.sections();
      const value = bytes.subarray(0, 12).toString('utf8');
      const isSet = await isAccepted(async () => document.set(section, 'KEY', value));
      if (!isSet) return;
      const again = IniDocument.parse(document.toBuffer(), { inlineComments });
      // A name that is not UTF-8 cannot be looked up.
      if (!section.includes('\ufffd') && again.get(section, 'KEY') !== value)
        throw new Error('another value is read back');
      document.liftInlineComments();
      document.toBuffer();
    });
  }
}

/** SQLite databases: terminates, and reports what is wrong. */
export async function database(bytes: Buffer): Promise<void> {
  writeFileSync(scratch, bytes);
  await isAccepted(async () => {
    const opened = await SqliteDatabase.open(scratch, 'gogs.db');
    try {
      for (const table of opened.tables) {
        const row = new Row(0);
        await isAccepted(() =>
          opened.readRows(
            table,
            { row, columnOf: () => undefined, consumer: { row: () => undefined } },
            { maxRowBytes: 1e6 },
          ),
        );
      }
    } finally {
      await opened.close();
    }
  });
}

/** Tar: terminates, reports what is wrong, and finds the same files regardless of chunk boundaries. */
export async function tar(given: Buffer): Promise<void> {
  const bytes = withChecksums(given);
  const read = async (chunkSize: number): Promise<string> => {
    async function* pieces(): AsyncGenerator<Buffer, void, void> {
      for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
    }
    const found: string[] = [];
    const accepted = await isAccepted(async () => {
      for await (const { path, kind, content } of new TarTree('x.tar', pieces).walk()) {
        let length = 0;
        if (kind === 'file') for await (const piece of content()) length += piece.length;
        found.push(`${kind} ${path} ${length}`);
      }
    });
    return accepted ? found.join('\n') : 'refused';
  };
  if ((await read(1 << 20)) !== (await read(100))) throw new Error('chunks change what is read');
}

/** Corrects the checksums of headers; otherwise no changed header would be read. */
function withChecksums(given: Buffer): Buffer {
  const bytes = Buffer.from(given);
  for (let at = 0; at + 512 <= bytes.length; at += 512) {
    const header = bytes.subarray(at, at + 512);
    if (header.toString('latin1', 257, 262) !== 'ustar') continue;
    header.fill(0x20, 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  }
  return bytes;
}

/** The reading of a table by verify: the same regardless of chunk boundaries, and invalid JSON never counts as a row. */
export async function restoredTable(bytes: Buffer): Promise<void> {
  for (const target of [GOGS.targetNamed('0.13'), GOGS.targetNamed('0.15')]) {
    const read = async (chunkSize: number): Promise<string> => {
      const table = GOGS.tableNamed('notice');
      if (table === undefined) throw new Error('no table');
      const found: string[] = [];
      const pieces = (function* () {
        for (let at = 0; at < bytes.length; at += chunkSize) yield Buffer.from(bytes.subarray(at, at + chunkSize));
      })();
      const zip = { chunks: () => pieces };
      const consumer = {
        row: (row: Row, afterLongLine: boolean): void => {
          found.push(
            `${afterLongLine} ${row.cells.map((cell) => cell.bytes.toString('latin1', cell.start, cell.end)).join()}`,
          );
        },
        problem: (problem: string, key: string): void => void found.push(`${problem} ${key}`),
        unreadable: (): void => void found.push('unreadable'),
        nul: (line: number, effect: string): void => void found.push(`${line} ${effect}`),
      };
      const accepted = await isAccepted(async () => {
        await readTable({ zip, entry: {}, table, target } as unknown as TableInArchive, consumer);
      });
      return accepted ? found.join('\n') : 'refused';
    };
    if ((await read(1 << 20)) !== (await read(3))) throw new Error('chunks change what is read');
  }
}
