/**
 * Files of which only the parts between holes are stored, in the format that GNU tar calls 0.1 (a map in the pax header) and 1.0
 * (a map before the data): https://www.gnu.org/software/tar/manual/html_section/Sparse-Formats.html
 */
import { BlockReader } from './BlockReader.js';

export const BLOCK_BYTES = 512;
export const SPARSE_MAP = 'GNU.sparse.map';
export const SPARSE_SIZE = 'GNU.sparse.size';
/** More parts than any file has that was not made for that. */
const MOST_PARTS = 1_000_000;
/** Of a line of the map, with room for the rest of a block. */
const LONGEST_LINE = BLOCK_BYTES + 20;
const ZEROS = Buffer.alloc(256 * 1024);

/** Records of a pax header. */
export type PaxRecords = Readonly<Record<string, string | undefined>>;

/** A sparse file as its header describes it. */
export interface SparseFile {
  /** The whole size. */
  readonly bytes: number;
  /** Pairs of position and length; undefined if they are in front of the data. */
  readonly map: string | undefined;
}

/** Part of a file; everything between parts is zeros. */
export interface FilePart {
  readonly at: number;
  readonly bytes: Buffer;
}

/** Undefined for other files. Throws Error for a header that does not describe one. */
export function sparseFile(pax: PaxRecords): SparseFile | undefined {
  if (!Object.keys(pax).some((key) => key.startsWith('GNU.sparse.'))) return undefined;
  const isNew = pax['GNU.sparse.major'] === '1' && pax['GNU.sparse.minor'] === '0';
  const map = pax[SPARSE_MAP];
  if (!isNew && map === undefined) throw new Error('a sparse file without a map');
  return { bytes: wholeNumber(pax['GNU.sparse.realsize'] ?? pax[SPARSE_SIZE]), map: isNew ? undefined : map };
}

/** The stored parts of a file, in order. */
export async function* partsOf(
  { bytes, map }: SparseFile,
  stored: AsyncIterable<Buffer>,
): AsyncGenerator<FilePart, void, void> {
  const reader = new BlockReader(stored);
  const numbers = map === undefined ? await readMap(reader) : map.split(',').map(wholeNumber);
  let end = 0;
  for (let i = 0; i < numbers.length; i += 2) {
    const [start, length] = [numbers[i] ?? 0, numbers[i + 1] ?? -1];
    if (start < end || length < 0 || start + length > bytes) throw new Error('the map of a sparse file is wrong');
    end = start + length;
    let at = start;
    for await (const piece of reader.pass(length)) {
      yield { at, bytes: piece };
      at += piece.length;
    }
    if (at < end) throw new Error('the map of a sparse file is longer than its data');
  }
  // The stream must be read to its end.
  await reader.skip(Number.POSITIVE_INFINITY);
}

/** The whole content, holes included. */
export async function* fillHoles(file: SparseFile, stored: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  let at = 0;
  for await (const part of partsOf(file, stored)) {
    yield* zeros(part.at - at);
    yield part.bytes;
    at = part.at + part.bytes.length;
  }
  yield* zeros(file.bytes - at);
}

function* zeros(bytes: number): Generator<Buffer, void, void> {
  for (let left = bytes; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, left);
}

/** Lines with the count of parts, and their positions and lengths, up to the end of a block. */
async function readMap(reader: BlockReader): Promise<number[]> {
  let text = '';
  let [lines, needed] = [0, 1];
  while (lines < needed) {
    const block = (await reader.read(BLOCK_BYTES)).toString('latin1');
    if (block.length < BLOCK_BYTES) throw new Error('the map of a sparse file is cut off');
    const hadCount = lines > 0;
    text += block;
    lines += block.split('\n').length - 1;
    if (!hadCount && lines > 0) needed = 1 + 2 * wholeNumber(text.slice(0, text.indexOf('\n')));
    if (needed > 2 * MOST_PARTS || text.length > LONGEST_LINE * needed)
      throw new Error('the map of a sparse file is wrong');
  }
  return text.split('\n').slice(1, needed).map(wholeNumber);
}

function wholeNumber(text: string | undefined): number {
  const number = text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number))
    throw new Error(`${JSON.stringify(text?.slice(0, 40) ?? '')} is no number of bytes`);
  return number;
}
