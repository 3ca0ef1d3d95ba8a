/**
 * Rejects archives whose end record is missing, ambiguous or incomplete. yauzl takes the first end record that fits, and does
 * not check the zip64 one if there are both. Does not read the central directory.
 */

import { InputError } from '../../core/errors.js';
import type { PositionedFile } from '../../files/PositionedFile.js';
import { type DirectoryPlace, MAX_16, MAX_32, RecordLength, readUInt64, Signature } from './records.js';
import { texts } from './texts.js';

export interface EndRecord extends DirectoryPlace {
  readonly comment: Buffer;
  /** The size of the archive without padding. */
  readonly archiveSize: number;
}

/** bsdtar fills up what it writes to a pipe to a multiple of this, as it would a tar. */
const BLOCK = 10_240;

export async function checkEndRecord(file: PositionedFile): Promise<EndRecord> {
  const { found: words, remedies } = texts();
  const fail = (found: string, remedy = remedies.damaged): InputError => unreadable(file, found, remedy);

  if (file.size === 0) throw fail(words.empty, remedies.getAgain);
  const longest = RecordLength.Zip64Locator + RecordLength.End + MAX_16;
  const tail = Buffer.allocUnsafe(Math.min(longest, file.size));
  const tailStart = file.size - tail.length;
  await file.read(tail, tailStart);

  const at = lastEndSignature(tail);
  if (at === -1) throw await noEndRecord(file);
  const length = RecordLength.End + tail.readUInt16LE(at + 20);
  const end = tail.subarray(at, at + length);
  const padding = tail.subarray(at + length);
  if (end.length < length || padding.length >= BLOCK || padding.some((byte) => byte !== 0)) {
    const found = words.endRecordOff({ byte: tailStart + at, size: file.size });
    throw fail(found, remedies.compareSize);
  }
  // Readers disagree about which of two end records counts.
  for (let other = at; other > 0; ) {
    other = tail.lastIndexOf(END_SIGNATURE, other - 1);
    const rest = other === -1 ? -1 : other + RecordLength.End + tail.readUInt16LE(other + 20);
    if (rest === at + length || rest === tail.length) {
      throw fail(words.twoEndRecords({ one: tailStart + other, two: tailStart + at }));
    }
  }

  let entryCount = end.readUInt16LE(10);
  let size = end.readUInt32LE(12);
  let offset = end.readUInt32LE(16);
  let disks = end.readUInt16LE(4) + end.readUInt16LE(6);
  let countHere = end.readUInt16LE(8);
  let directoryEnd = tailStart + at;

  const locator = at - RecordLength.Zip64Locator;
  if (locator >= 0 && tail.readUInt32LE(locator) === Signature.Zip64Locator) {
    const zip64Offset = readUInt64(tail, locator + 8);
    const room = tailStart + locator - zip64Offset;
    if (room < RecordLength.Zip64End) throw fail(words.zip64NotBefore({ byte: tailStart + locator }));
    const zip64 = Buffer.allocUnsafe(RecordLength.Zip64End);
    await file.read(zip64, zip64Offset);
    if (zip64.readUInt32LE(0) !== Signature.Zip64End || readUInt64(zip64, 4) + 12 !== room) {
      throw fail(words.zip64NotThere({ byte: zip64Offset }));
    }
    const contradicts = (short: number, max: number, long: number): boolean => short !== max && short !== long;
    if (
      contradicts(entryCount, MAX_16, readUInt64(zip64, 32)) ||
      contradicts(countHere, MAX_16, readUInt64(zip64, 24)) ||
      contradicts(size, MAX_32, readUInt64(zip64, 40)) ||
      contradicts(offset, MAX_32, readUInt64(zip64, 48))
    ) {
      throw fail(words.endRecordsDiffer({ byte: tailStart + at, zip64: zip64Offset }));
    }
    // Writers put 0 or 0xffff into the disk fields of the short record.
    disks = zip64.readUInt32LE(16) + zip64.readUInt32LE(20);
    countHere = readUInt64(zip64, 24);
    entryCount = readUInt64(zip64, 32);
    size = readUInt64(zip64, 40);
    offset = readUInt64(zip64, 48);
    directoryEnd = zip64Offset;
  }

  if (disks !== 0 || countHere !== entryCount) {
    throw fail(words.splitArchive, remedies.joinParts);
  }
  if (offset + size !== directoryEnd) {
    const found = words.directoryOff({ expected: offset + size, found: directoryEnd });
    throw fail(found, remedies.compareBytes);
  }
  const archiveSize = tailStart + at + length;
  return { entryCount, offset, size, archiveSize, comment: Buffer.from(end.subarray(RecordLength.End)) };
}

const END_SIGNATURE = Buffer.from('PK\u0005\u0006', 'latin1');

/** The last position at which a whole end record can begin, or -1. */
function lastEndSignature(tail: Buffer): number {
  const last = tail.length - RecordLength.End;
  return last < 0 ? -1 : tail.lastIndexOf(END_SIGNATURE, last);
}

async function noEndRecord(file: PositionedFile): Promise<InputError> {
  const { found, remedies } = texts();
  const start = Buffer.alloc(Math.min(4, file.size));
  await file.read(start, 0);
  if (start.length === 4 && start.readUInt32LE(0) === Signature.LocalHeader) {
    return unreadable(file, found.noEndRecord({ byte: file.size }), remedies.cutOff);
  }
  return unreadable(file, found.notAZip, remedies.checkFile);
}

const unreadable = ({ path }: PositionedFile, found: string, remedy: string): InputError =>
  new InputError(texts().cannotRead({ path, found, remedy }));
