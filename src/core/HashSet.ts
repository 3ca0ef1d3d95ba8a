/**
 * A set of whole numbers below 2^53 that takes a few bytes each, up to a bound, because memory must not grow with the input.
 * Numbers may be exact or hashes. Among three million keys two share a hash once in two thousand runs, so matches by hash may
 * be reported but never acted on.
 */

import { mix } from './mix.js';

const FIRST_SLOTS = 64;
const MOST_SLOTS = 2 ** 22;

export class HashSet {
  #slots = new Float64Array(FIRST_SLOTS);
  #size = 0;
  /** True once a number was dropped for lack of room. */
  overflowed = false;

  get size(): number {
    return this.#size;
  }

  has(hash: number): boolean {
    return this.#slots[this.#slotOf(this.#slots, hash)] !== 0;
  }

  /** True if the hash was not in the set, also if there was no room to add it. */
  add(hash: number): boolean {
    const slot = this.#slotOf(this.#slots, hash);
    if (this.#slots[slot] !== 0) return false;
    if (this.#size * 4 >= this.#slots.length * 3) {
      if (this.#slots.length >= MOST_SLOTS) {
        this.overflowed = true;
        return true;
      }
      this.#grow();
      this.#slots[this.#slotOf(this.#slots, hash)] = hash + 1;
    } else {
      this.#slots[slot] = hash + 1;
    }
    this.#size++;
    return true;
  }

  /** The slot that holds the hash, or the free slot where it belongs. Slots hold hash + 1; 0 means free. */
  #slotOf(slots: Float64Array, hash: number): number {
    const mask = slots.length - 1;
    let slot = mix((hash | 0) ^ Math.imul((hash / 2 ** 32) | 0, 0x9e3779b1)) & mask;
    for (let held = slots[slot]; held !== 0 && held !== hash + 1; held = slots[slot]) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const larger = new Float64Array(this.#slots.length * 2);
    for (const value of this.#slots) if (value !== 0) larger[this.#slotOf(larger, value - 1)] = value;
    this.#slots = larger;
  }
}

/** Hashes a key made of several parts, byte by byte. */
export class KeyHash {
  #low = 0x811c9dc5;
  #high = 0x9747b28c;

  byte(value: number): void {
    this.#low = Math.imul(this.#low ^ value, 0x01000193);
    this.#high = Math.imul(this.#high ^ value, 0x5bd1e995) ^ (this.#high >>> 15);
  }

  bytes(bytes: Uint8Array, start = 0, end = bytes.length): void {
    for (let i = start; i < end; i++) this.byte(bytes[i] as number);
  }

  /** Ends a part, so that `ab`, `c` and `a`, `bc` have different hashes. */
  endPart(): void {
    this.byte(0x100);
  }

  /** Returns the hash, below 2^52, and resets for the next key. */
  take(): number {
    const low = mix(this.#low);
    const high = mix(this.#high ^ low);
    this.#low = 0x811c9dc5;
    this.#high = 0x9747b28c;
    return (high >>> 12) * 2 ** 32 + (low >>> 0);
  }
}

/** The hash of one text. */
export function hashText(text: string): number {
  const hash = new KeyHash();
  hash.bytes(Buffer.from(text));
  return hash.take();
}
