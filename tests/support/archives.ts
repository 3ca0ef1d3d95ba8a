/**
 * Archives built byte by byte, so that any field can be wrong.
 */

import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { fileSink } from '../../src/files/ByteSink.js';
import { OpenFile } from '../../src/files/OpenFile.js';
import { encodeCentralHeader, encodeEnd, NO_BYTES } from '../../src/formats/zip/records.js';
import { EARLIEST } from '../../src/formats/zip/toDosTime.js';
import type { ZipEntry } from '../../src/formats/zip/ZipEntry.js';
import { ZipReader, type ZipReaderOptions } from '../../src/formats/zip/ZipReader.js';
import { ZipWriter } from '../../src/formats/zip/ZipWriter.js';
import { fixture, temporaryFolder } from './fixtures.js';

const scratch = temporaryFolder();

/** A new folder, which is removed after the test file. */
export const newFolder = (): string => mkdtempSync(join(scratch, 'zip-'));

/** An entry of a generated archive. Omitted fields are correct; given ones are written as they are, correct or not. */
export interface MadeEntry {
  readonly name: string | Buffer;
  readonly content?: Buffer;
  readonly flags?: number;
  readonly method?: number;
  readonly data?: Buffer;
  readonly size?: number;
  readonly crc?: number;
  readonly extra?: Buffer;
  /** If the local header has other extra fields. */
  readonly localExtra?: Buffer;
  /** Upper byte: the system; 3 is Unix. */
  readonly madeBy?: number;
  readonly comment?: string;
  readonly attributes?: number;
  readonly offset?: number;
  readonly local?: { readonly name?: string; readonly method?: number; readonly size?: number; readonly crc?: number };
  /** Bytes after the data; with flag 8 a correct data descriptor by default. */
  readonly after?: Buffer;
}

export interface MadeEnd {
  readonly count?: number;
  readonly size?: number;
  readonly offset?: number;
  readonly comment?: Buffer;
  /** Bytes between the directory and the end record. */
  readonly before?: Buffer;
  readonly after?: Buffer;
}

export function makeZip(entries: readonly MadeEntry[], end: MadeEnd = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  const push = (bytes: Buffer): void => {
    parts.push(bytes);
    position += bytes.length;
  };
  for (const entry of entries) {
    const content = entry.content ?? NO_BYTES;
    const method = entry.method ?? 8;
    const data = entry.data ?? (method === 8 ? deflateRawSync(content) : content);
    const name = Buffer.from(entry.name as string);
    const flags = entry.flags ?? 0;
    const crc = entry.crc ?? crc32(content);
    const size = entry.size ?? content.length;
    const extra = entry.extra ?? NO_BYTES;
    const hidden = (flags & 8) !== 0;
    const offset = entry.offset ?? position;
    const localExtra = entry.localExtra ?? extra;
    const localName = entry.local?.name === undefined ? name : Buffer.from(entry.local.name);
    push(
      Buffer.concat([
        numbers([4, 0x04034b50], [2, 20], [2, flags], [2, entry.local?.method ?? method], [4, 0x5a8c6000]),
        numbers([4, hidden ? 0 : (entry.local?.crc ?? crc)], [4, hidden ? 0 : data.length]),
        numbers([4, hidden ? 0 : (entry.local?.size ?? size)], [2, localName.length], [2, localExtra.length]),
        localName,
        localExtra,
        data,
      ]),
    );
    push(entry.after ?? (hidden ? numbers([4, 0x08074b50], [4, crc], [4, data.length], [4, size]) : NO_BYTES));
    const comment = Buffer.from(entry.comment ?? '');
    directory.push(
      numbers([4, 0x02014b50], [2, entry.madeBy ?? 0x314], [2, 20], [2, flags], [2, method], [4, 0x5a8c6000], [4, crc]),
      numbers([4, data.length], [4, size], [2, name.length], [2, extra.length], [2, comment.length], [2, 0], [2, 0]),
      numbers([4, entry.attributes ?? 0x81a40000], [4, offset]),
      name,
      extra,
      comment,
    );
  }
  const records = Buffer.concat(directory);
  const count = end.count ?? entries.length;
  const comment = end.comment ?? NO_BYTES;
  return Buffer.concat([
    ...parts,
    records,
    end.before ?? NO_BYTES,
    numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, end.size ?? records.length]),
    numbers([4, end.offset ?? position], [2, comment.length]),
    comment,
    end.after ?? NO_BYTES,
  ]);
}

/** Little-endian numbers as [bytes, value]. */
export function numbers(...fields: readonly (readonly [number, number])[]): Buffer {
  return Buffer.concat(
    fields.map(([length, value]) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(value));
      return bytes.subarray(0, length);
    }),
  );
}

/** The path of a new file with these bytes. */
export async function fileOf(bytes: Buffer): Promise<string> {
  const path = join(newFolder(), 'archive.zip');
  await writeFile(path, bytes);
  return path;
}

/** Everything in an archive, by name. */
export async function contents(path: string, options?: ZipReaderOptions): Promise<Map<string, Buffer>> {
  const reader = await ZipReader.open(path, options);
  try {
    const entries: ZipEntry[] = [];
    for (const entry of reader.entries) entries.push(entry);
    const found = new Map<string, Buffer>();
    for (const entry of entries) {
      const chunks: Buffer[] = [];
      for await (const chunk of reader.openStream(entry)) chunks.push(chunk);
      found.set(entry.name, Buffer.concat(chunks));
    }
    return found;
  } finally {
    await reader.close();
  }
}

/** The paths of all real backups. */
export const realBackups = (): string[] =>
  readdirSync(fixture())
    .map((name) => fixture(name, 'backup.zip'))
    .filter((path) => existsSync(path));

/** An archive whose entries are `far` bytes from the beginning of a sparse file. */
export async function sparseFile(far: number, entries: readonly MadeEntry[]): Promise<string> {
  const small = makeZip(entries);
  const start = small.readUInt32LE(small.length - 6);
  const reader = await ZipReader.open(await fileOf(small));
  const headers = [...reader.entries].map(({ header }) => encodeCentralHeader(header, far + header.offset));
  await reader.close();
  const central = Buffer.concat(headers);
  const end = encodeEnd({ entryCount: entries.length, offset: far + start, size: central.length }, NO_BYTES);
  const path = join(newFolder(), 'sparse.zip');
  const handle = await open(path, 'w');
  await handle.write(Buffer.concat([small.subarray(0, start), central, end]), 0, undefined, far);
  await handle.close();
  return path;
}

/** A backup with one more file, of zeros. */
export async function largeBackup(backup: string, megabytes: number): Promise<string> {
  const path = join(newFolder(), 'large.zip');
  const source = await ZipReader.open(backup);
  const handle = OpenFile.open(path, 'w');
  const zip = new ZipWriter(fileSink(handle, path));
  for (const entry of source.entries) await zip.copyRaw(source, entry);
  const large = zip.beginEntry('gogs-backup/data/attachments/large', { mode: 0o644, modified: EARLIEST, store: true });
  const zeros = Buffer.alloc(1024 * 1024);
  for (let i = 0; i < megabytes; i++) await large.append(zeros);
  await large.finish();
  await zip.finish();
  await source.close();
  await handle.close();
  return path;
}
