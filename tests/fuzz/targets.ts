/**
 * What a fuzzer calls with any bytes: the three parsers that read them. Each throws when a parser fails otherwise than by
 * saying what is wrong, or disagrees with a reference. `corpus.test.ts` calls them with what fuzzing has found.
 */
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserFacingError } from '../../src/core/errors.js';
import { decodeJsonText } from '../../src/core/jsonText.js';
import { CellKind, Row } from '../../src/core/rows.js';
import { JsonLinesReader } from '../../src/formats/json/JsonLinesReader.js';
import { indexSqlDump } from '../../src/formats/sql/indexSqlDump.js';
import { readSqlRows } from '../../src/formats/sql/readSqlRows.js';
import { ZipReader } from '../../src/formats/zip/ZipReader.js';

const scratch = join(tmpdir(), `gogs-backup-upgrade-fuzz-${process.pid}`);

/** True when the work ended, false when it said what is wrong with the bytes. */
async function isAccepted(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof UserFacingError) return false;
    throw error;
  }
}

/** JSON Lines: accepts what JSON.parse accepts as an object, reads the same texts, wherever chunks end. */
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
    const options = { file: 'Table.json', meaningOf: () => ({ take: 'extra' as const }), maxLineBytes: 1e6 };
    const reader = new JsonLinesReader(options, row, consumer);
    const accepted = await isAccepted(async () => {
      for (let at = 0; at < bytes.length; at += chunkSize) reader.feed(Buffer.from(bytes.subarray(at, at + chunkSize)));
      reader.end();
    });
    return { accepted, texts };
  };
  const [whole, pieces] = [await read(1e6), await read(3)];
  if (JSON.stringify(whole) !== JSON.stringify(pieces)) throw new Error('chunks change what is read');
  // Bytes that are no UTF-8 pass, and JSON.parse cannot be asked about them.
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

/** SQL: ends, says what is wrong, and finds the same rows wherever chunks end. */
export async function sql(bytes: Buffer): Promise<void> {
  writeFileSync(scratch, bytes);
  const read = async (chunkSize: number): Promise<string> => {
    const rows: string[] = [];
    const accepted = await isAccepted(async () => {
      const dump = await indexSqlDump(scratch, { chunkSize });
      for (const table of dump.tables) {
        const row = new Row(1);
        const take = (): void => {
          rows.push(
            row.extras.map(({ cell }) => `${cell.kind}:${cell.bytes.toString('latin1', cell.start, cell.end)}`).join(),
          );
        };
        const options = { chunkSize, maxRowSize: 1e6, columns: ['a', 'b'] };
        await readSqlRows(dump, table, () => undefined, row, { row: take }, options);
      }
    });
    return accepted ? JSON.stringify(rows) : 'refused';
  };
  if ((await read(1 << 20)) !== (await read(64))) throw new Error('chunks change what is read');
}

/** Zip: ends, and says what is wrong. */
export async function zip(bytes: Buffer): Promise<void> {
  writeFileSync(scratch, bytes);
  const file = await open(scratch, 'r');
  try {
    await isAccepted(async () => {
      const reader = await ZipReader.open(file, { limits: { maxEntries: 1000 } });
      for (const entry of await reader.entries()) {
        if (entry.encrypted || entry.uncompressedSize > 1e6) continue;
        await isAccepted(async () => {
          await reader.readBuffer(entry, 1e6);
        });
      }
    });
  } finally {
    await file.close();
  }
}
