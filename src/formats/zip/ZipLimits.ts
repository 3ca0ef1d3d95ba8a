/** Limits that protect from zip bombs. */

import { Method } from './records.js';
import { texts } from './texts.js';
import type { ZipEntry } from './ZipEntry.js';

/** Each can be raised or lowered. */
export interface ZipLimits {
  /** Entries in the archive. Default 4,000,000 (about 110 bytes of memory each). */
  readonly maxEntries: number;
  /** Maximum inflated size of an entry in bytes. Default 1 TiB. */
  readonly maxInflatedBytes: number;
  /** Ratio of inflated to compressed size for entries of more than 256 MiB. Default 500; deflate cannot exceed 1032. */
  readonly maxRatio: number;
}

export const DEFAULT_ZIP_LIMITS: ZipLimits = { maxEntries: 4_000_000, maxInflatedBytes: 2 ** 40, maxRatio: 500 };

/** Below this inflated size a bomb does no harm, and long runs of one byte are legitimate. */
const RATIO_MATTERS_FROM = 256 * 1024 * 1024;
/** A match of 258 bytes takes at least two bits. */
const MAX_DEFLATE_RATIO = 1032;

export interface EntryProblem {
  /** What was found, as the end of a sentence. */
  readonly found: string;
  readonly remedy: string;
}

/** Why an entry must not be inflated; undefined if it may. */
export function inflationProblem(entry: ZipEntry, { maxInflatedBytes, maxRatio }: ZipLimits): EntryProblem | undefined {
  const { method, compressedSize, uncompressedSize } = entry;
  const { found, remedies } = texts();
  if (entry.encrypted) return { found: found.encrypted, remedy: remedies.decrypt };
  if (method !== Method.Stored && method !== Method.Deflated) {
    return { found: found.unknownMethod({ method }), remedy: remedies.zipAgain };
  }
  const sizes = { packed: compressedSize, unpacked: uncompressedSize };
  if (uncompressedSize > maxInflatedBytes) {
    return { found: found.beyondLimit({ ...sizes, limit: maxInflatedBytes }), remedy: remedies.raiseLimit };
  }
  if (uncompressedSize > compressedSize * MAX_DEFLATE_RATIO) {
    return { found: found.impossibleRatio(sizes), remedy: remedies.damaged };
  }
  if (uncompressedSize > RATIO_MATTERS_FROM && uncompressedSize > compressedSize * maxRatio) {
    return { found: found.beyondRatio({ ...sizes, limit: maxRatio }), remedy: remedies.raiseLimit };
  }
  return undefined;
}
