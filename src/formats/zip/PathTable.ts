/**
 * Remembers millions of paths in about 40 bytes each and tells when two of them cannot be unpacked side by side.
 * Keeps 64-bit hashes, not names: two different names are mistaken for the same once in some 30 million archives of a
 * million entries. The seed is random, so nobody can prepare such names.
 */

import { randomInt } from 'node:crypto';

/** `twice`: the path is there already. `file and folder`: a file is also the folder of another path. */
export type PathClash = 'twice' | 'file and folder' | 'differs only by case';

const FILE = 1;
/** A folder that some path implies. */
const FOLDER = 2;
/** A folder with an entry of its own. */
const LISTED_FOLDER = 4;
/** Some path that differs from this one only by case. */
const OTHER_CASE = 8;

export class PathTable {
  /** Paths that are their own folded form, as most are; for others `OTHER_CASE` under their folded form. */
  readonly #folded: HashTable;
  /** Paths that are not. */
  readonly #exact = new HashTable(0);
  readonly #seed = randomInt(0, 2 ** 32);
  /** The folder of the last path, with its slash: neighbours mostly share it, and it is known then. */
  #lastFolder = '';
  readonly #hashes: number[] = [];
  readonly #foldedHashes: number[] = [];

  /** `expected`: how many paths there will be, more or less. */
  constructor(expected: number) {
    this.#folded = new HashTable(expected);
  }

  /** Adds a path; one that ends in `/` is a folder. Says how it clashes with those added before. */
  add(path: string): PathClash | undefined {
    const isFolder = path.endsWith('/');
    const plain = isFolder ? path.slice(0, -1) : path;
    const count = hashPrefixes(plain, this.#seed, this.#hashes);
    const folded = isFolded(plain) ? plain : foldCase(plain);
    if (folded !== plain) hashPrefixes(folded, this.#seed, this.#foldedHashes);
    const foldedHashes = folded === plain ? this.#hashes : this.#foldedHashes;

    const known = plain.lastIndexOf('/') + 1 === this.#lastFolder.length && plain.startsWith(this.#lastFolder);
    if (!known) this.#lastFolder = plain.slice(0, plain.lastIndexOf('/') + 1);
    let clash: PathClash | undefined;
    for (let i = known ? count - 2 : 0; i < count; i += 2) {
      const kind = i < count - 2 ? FOLDER : isFolder ? LISTED_FOLDER | FOLDER : FILE;
      const before = this.#addPrefix(i, foldedHashes, kind);
      if (before === OTHER_CASE) clash ??= 'differs only by case';
      else if (before !== 0 && (before & FILE) !== (kind & FILE)) return 'file and folder';
      else if ((before & kind & (FILE | LISTED_FOLDER)) !== 0) return 'twice';
    }
    return clash;
  }

  /** Returns what the path was before: kinds, `OTHER_CASE` alone when only others that fold to the same were there, or 0. */
  #addPrefix(i: number, foldedHashes: readonly number[], kind: number): number {
    const a = this.#hashes[i] ?? 0;
    const b = this.#hashes[i + 1] ?? 0;
    const foldedA = foldedHashes[i] ?? 0;
    const foldedB = foldedHashes[i + 1] ?? 0;
    if (a === foldedA && b === foldedB) {
      const before = this.#folded.add(a, b, kind);
      return before === OTHER_CASE ? before : before & ~OTHER_CASE;
    }
    const before = this.#exact.add(a, b, kind);
    if (before !== 0) return before;
    return this.#folded.add(foldedA, foldedB, OTHER_CASE) === 0 ? 0 : OTHER_CASE;
  }
}

/** Most paths are lower-case ASCII, and need no copy to compare by. */
function isFolded(path: string): boolean {
  for (let i = 0; i < path.length; i++) {
    const code = path.charCodeAt(i);
    if (code > 0x7f || (code >= 0x41 && code <= 0x5a)) return false;
  }
  return true;
}

/** File systems that ignore case mostly ignore the composition of accents too. */
function foldCase(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** Writes two hashes, signed 32-bit numbers, for each folder above the path and for the path itself; returns how many numbers. */
function hashPrefixes(path: string, seed: number, out: number[]): number {
  let a = seed ^ 0xdeadbeef;
  let b = seed ^ 0x41c6ce57;
  let count = 0;
  for (let i = 0; i <= path.length; i++) {
    const code = i === path.length ? SLASH : path.charCodeAt(i);
    if (code === SLASH) {
      out[count++] = mix(a ^ (b >>> 13));
      out[count++] = mix(b ^ (a >>> 16));
    }
    a = Math.imul(a ^ code, 0x9e3779b1);
    a ^= a >>> 15;
    b = Math.imul(b ^ code, 0x5f356495);
    b ^= b >>> 13;
  }
  return count;
}

const SLASH = 0x2f;

function mix(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  // Signed: V8 keeps larger numbers on the heap, and a million paths have many.
  return h ^ (h >>> 16);
}

/** Open addressing over typed arrays; a slot is taken when its flags are not 0. */
class HashTable {
  #size = 0;
  #keys: Int32Array;
  #flags: Uint8Array;

  constructor(expected: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(2 * expected, 64)));
    this.#keys = new Int32Array(2 * slots);
    this.#flags = new Uint8Array(slots);
  }

  /** Sets flags for the key and returns those that were set before, 0 for a new key. */
  add(a: number, b: number, flags: number): number {
    if (this.#size * 2 >= this.#flags.length) this.#grow();
    const slot = this.#slot(a, b);
    const before = this.#flags[slot] ?? 0;
    if (before === 0) this.#size++;
    this.#keys[2 * slot] = a;
    this.#keys[2 * slot + 1] = b;
    this.#flags[slot] = before | flags;
    return before;
  }

  #slot(a: number, b: number): number {
    const mask = this.#flags.length - 1;
    let slot = a & mask;
    while (this.#flags[slot] !== 0 && (this.#keys[2 * slot] !== a || this.#keys[2 * slot + 1] !== b)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const flags = this.#flags;
    this.#keys = new Int32Array(keys.length * 2);
    this.#flags = new Uint8Array(flags.length * 2);
    for (let i = 0; i < flags.length; i++) {
      const flag = flags[i] ?? 0;
      if (flag === 0) continue;
      const slot = this.#slot(keys[2 * i] ?? 0, keys[2 * i + 1] ?? 0);
      this.#keys[2 * slot] = keys[2 * i] ?? 0;
      this.#keys[2 * slot + 1] = keys[2 * i + 1] ?? 0;
      this.#flags[slot] = flag;
    }
  }
}
