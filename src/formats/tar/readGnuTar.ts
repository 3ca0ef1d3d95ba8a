/**
 * Rewrites entries that only GNU tar writes, and that tar-stream cannot follow, in a form that it reads. Sparse files of type S, or
 * of format 0.0, get their map in a pax header (format 0.1); folders of an incremental archive lose their list of names; the label
 * of an archive is left out. Everything else passes unchanged, except for the bytes of pax headers that are not ASCII: tar-stream
 * decodes those as UTF-8, and names need not be. Each of them becomes the UTF-8 of the character with its number, as in Latin-1.
 * https://www.gnu.org/software/tar/manual/html_node/Standard.html
 */
import { isAscii } from 'node:buffer';
import { InputError } from '../../core/errors.js';
import { BlockReader } from './BlockReader.js';
import { isTar } from './isTar.js';
import { BLOCK_BYTES, SPARSE_MAP, SPARSE_SIZE } from './sparseFiles.js';
import { texts } from './texts.js';

/** The longest header that tar-stream reads. */
const LONGEST_PAX = 4 * 1024 * 1024;
const TYPE_AT = 156;
const SIZE_AT = 124;
/** Of type S: four parts in the header, 21 in each block that follows. */
const PARTS_AT = 386;
const MORE_AT = 482;
const REAL_SIZE_AT = 483;
const MORE_IN_BLOCK_AT = 504;
const PART_BYTES = 24;

export async function* readGnuTar(name: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  const input = new BlockReader(bytes);
  /** A size that the pax header before an entry states. */
  let stated: number | undefined;
  /** Blocks of zeros in a row: two end an archive. */
  let zeros = 0;
  try {
    for (;;) {
      // In one piece, because each one costs as much as reading an entry.
      if (stated === undefined && zeros === 0) yield* input.pass(plainBytes(input.atHand));
      const header = await input.read(BLOCK_BYTES);
      if (header.length === 0) return;
      if (header.every((byte) => byte === 0)) {
        // Padding may end within a block.
        if (header.length === BLOCK_BYTES || zeros < 2) yield header;
        zeros++;
        continue;
      }
      // Appended on purpose, or the rest of an older archive: tar reads it only with -i, where the last entry of a name counts.
      if (zeros >= 2 && isTar(header)) throw new InputError(texts().severalArchives({ name }));
      zeros = 0;
      const size = numberAt(header, SIZE_AT);
      // What is damaged is for tar-stream to judge.
      if (!isTar(header) || size === undefined) {
        yield header;
        yield* input.pass(Number.POSITIVE_INFINITY);
        return;
      }
      const dataBytes = isFolder(header) ? 0 : (stated ?? size);
      const type = String.fromCharCode(header[TYPE_AT] ?? 0);
      switch (type) {
        case 'g':
        case 'x': {
          if (size > LONGEST_PAX) {
            yield header;
            break;
          }
          const body = await input.read(padded(size));
          const records = readRecords(body.subarray(0, size));
          if (type === 'x') {
            const statedSize = records.find(([key]) => key === 'size')?.[1];
            stated = statedSize === undefined ? undefined : Number(statedSize);
          }
          if (records.some(([key]) => key === 'GNU.sparse.offset')) yield paxHeader(type, withMap(records));
          else yield isAscii(body) ? Buffer.concat([header, body]) : paxHeader(type, records);
          continue;
        }
        case 'L':
        case 'K':
        case 'N':
          yield header;
          yield* input.pass(padded(size));
          continue;
        case 'S':
          yield await sparseHeader(name, header, input);
          break;
        case 'D':
          await input.skip(padded(dataBytes));
          yield changed(header, '5', 0);
          stated = undefined;
          continue;
        case 'V':
          continue;
        default:
          yield header;
      }
      stated = undefined;
      yield* input.pass(padded(dataBytes));
    }
  } finally {
    await input.close();
  }
}

/** Files, folders and links. */
const PLAIN = new Set([0, ...Buffer.from('01257')]);

/** The length of the entries at the beginning that pass unchanged. */
function plainBytes(bytes: Buffer): number {
  let at = 0;
  for (;;) {
    const header = bytes.subarray(at, at + BLOCK_BYTES);
    if (header.length < BLOCK_BYTES || !PLAIN.has(header[TYPE_AT] ?? -1) || !isTar(header)) return at;
    const size = numberAt(header, SIZE_AT);
    if (size === undefined) return at;
    const end = at + BLOCK_BYTES + (isFolder(header) ? 0 : padded(size));
    if (end > bytes.length) return at;
    at = end;
  }
}

/** The two headers for one of type S. */
async function sparseHeader(name: string, header: Buffer, input: BlockReader): Promise<Buffer> {
  const numbers: number[] = [];
  const readParts = (block: Buffer, start: number, end: number): void => {
    for (let at = start; at + PART_BYTES <= end && block[at] !== 0; at += PART_BYTES) {
      numbers.push(numberAt(block, at) ?? -1, numberAt(block, at + PART_BYTES / 2) ?? -1);
    }
  };
  readParts(header, PARTS_AT, MORE_AT);
  for (let hasMore = header[MORE_AT] !== 0; hasMore; ) {
    const block = await input.read(BLOCK_BYTES);
    readParts(block, 0, MORE_IN_BLOCK_AT);
    hasMore = block.length === BLOCK_BYTES && block[MORE_IN_BLOCK_AT] !== 0;
    if (numbers.length * 8 > LONGEST_PAX) break;
  }
  const map = paxHeader('x', [
    [SPARSE_SIZE, String(numberAt(header, REAL_SIZE_AT))],
    [SPARSE_MAP, numbers.join(',')],
  ]);
  const end = header.indexOf(0);
  const path = JSON.stringify(header.toString('utf8', 0, end < 0 || end > 100 ? 100 : end));
  if (map.length > LONGEST_PAX) throw new InputError(texts().sparse({ name, path }));
  return Buffer.concat([map, changed(header, '0', undefined)]);
}

/** Format 0.0 repeats the records of the map, which most programs do not expect. */
function withMap(records: readonly PaxRecord[]): PaxRecord[] {
  const isPart = ([key]: PaxRecord): boolean => key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes';
  const map = records.filter(isPart).map(([, value]) => value);
  return [...records.filter((record) => !isPart(record)), [SPARSE_MAP, map.join(',')]];
}

type PaxRecord = readonly [key: string, value: string];

/** Each character is a byte. */
function readRecords(bytes: Buffer): PaxRecord[] {
  const records: PaxRecord[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(bytes.toString('latin1', at, space));
    if (space < 0 || !Number.isInteger(length) || length <= 0) break;
    const record = bytes.toString('latin1', space + 1, at + length - 1);
    const equals = record.indexOf('=');
    if (equals < 0) break;
    records.push([record.slice(0, equals), record.slice(equals + 1)]);
    at += length;
  }
  return records;
}

function paxHeader(type: 'g' | 'x', records: readonly PaxRecord[]): Buffer {
  const body = Buffer.concat(records.map(([key, value]) => recordBytes(` ${key}=${value}\n`)));
  const header = Buffer.alloc(BLOCK_BYTES);
  header.write('pax');
  header.write('0000644\0', 100);
  header.write('ustar\u000000', 257);
  return Buffer.concat([changed(header, type, body.length), body, Buffer.alloc(padded(body.length) - body.length)]);
}

/** The length of a record includes its own digits. */
function recordBytes(text: string): Buffer {
  const bytes = Buffer.byteLength(text);
  let length = bytes + 1;
  while (String(length).length + bytes > length) length++;
  return Buffer.from(`${length}${text}`);
}

/** A copy with another type and size. */
function changed(header: Buffer, type: string, size: number | undefined): Buffer {
  const copy = Buffer.from(header);
  copy.write(type, TYPE_AT);
  if (size !== undefined) copy.write(`${size.toString(8).padStart(11, '0')}\0`, SIZE_AT);
  copy.fill(0x20, 148, 156);
  const sum = copy.reduce((total, byte) => total + byte, 0);
  copy.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return copy;
}

/** Octal digits, or 11 bytes after 0x80. Undefined if it is neither. */
function numberAt(block: Buffer, at: number): number | undefined {
  if (block[at] === 0x80) {
    const value = block.readBigUInt64BE(at + 4);
    return block.readUIntBE(at + 1, 3) === 0 && value <= Number.MAX_SAFE_INTEGER ? Number(value) : undefined;
  }
  const digits = /^ *([0-7]*)[ \0]*$/.exec(block.toString('latin1', at, at + 12))?.[1];
  return digits === undefined ? undefined : Number.parseInt(`0${digits}`, 8);
}

/** tar-stream expects no data after a folder, which old archives only tell by its name. */
function isFolder(header: Buffer): boolean {
  const type = header[TYPE_AT];
  const end = header.subarray(0, 100).indexOf(0);
  return type === 0x35 || ((type === 0 || type === 0x30) && header[(end < 0 ? 100 : end) - 1] === 0x2f);
}

const padded = (bytes: number): number => Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
