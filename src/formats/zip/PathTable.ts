/**
 * Remembers millions of paths in 16 to 32 bytes each, and detects paths that cannot be unpacked side by side. Stores 60-bit
 * hashes instead of names: two different names are confused once in some two million archives of a million entries. The seed is
 * random, so nobody can construct such names.
 */

import { randomInt } from 'node:crypto';
import { mix } from '../../core/mix.js';

/** `twice`: the path already exists. `file and folder`: a file is also the folder of another path. */
export type PathClash = 'twice' | 'file and folder' | 'differs only by case';

const FILE = 1;
/** A folder that is implied by a path. */
const FOLDER = 2;
/** A folder with an entry of its own. */
const LISTED_FOLDER = 4;
/** Another path differs from this one only by case. */
const OTHER_CASE = 8;

export class PathTable {
  /** Paths that equal their folded form, as most do; for others `OTHER_CASE` under their folded form. */
  readonly #folded: HashTable;
  /** Paths that differ from their folded form. */
  readonly #exact = new HashTable(0);
  readonly #hasher: PrefixHasher;
  readonly #foldedHasher: PrefixHasher;

  /** `expected`: the approximate number of paths. */
  constructor(expected: number) {
    this.#folded = new HashTable(expected);
    const seed = randomInt(0, 2 ** 32);
    this.#hasher = new PrefixHasher(seed);
    this.#foldedHasher = new PrefixHasher(seed);
  }

  /** Adds a path; one that ends in `/` is a folder. Returns how it clashes with earlier ones, if it does. */
  add(path: string): PathClash | undefined {
    const isFolder = path.endsWith('/');
    const plain = isFolder ? path.slice(0, -1) : path;
    const { hashes, shared, count } = this.#hasher.hash(plain);
    const folded = isFolded(plain) ? plain : foldCase(plain);
    const foldedHashes = folded === plain ? hashes : this.#foldedHasher.hash(folded).hashes;

    let clash: PathClash | undefined;
    // The folders that the last path shares have been added with it.
    for (let i = shared; i < count; i += 2) {
      const kind = i < count - 2 ? FOLDER : isFolder ? LISTED_FOLDER | FOLDER : FILE;
      const before = this.#addPrefix(i, hashes, foldedHashes, kind);
      if (before === OTHER_CASE) clash ??= 'differs only by case';
      else if (before !== 0 && (before & FILE) !== (kind & FILE)) return 'file and folder';
      else if ((before & kind & (FILE | LISTED_FOLDER)) !== 0) return 'twice';
    }
    return clash;
  }

  /** Returns the previous flags of the path: kinds, `OTHER_CASE` alone if only paths that fold to the same existed, or 0. */
  #addPrefix(i: number, hashes: readonly number[], foldedHashes: readonly number[], kind: number): number {
    const a = hashes[i] ?? 0;
    const b = hashes[i + 1] ?? 0;
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

/** Most paths are lower-case ASCII, and need no folded copy. */
function isFolded(path: string): boolean {
  for (let i = 0; i < path.length; i++) {
    const code = path.charCodeAt(i);
    if (code > 0x7f || (code >= 0x41 && code <= 0x5a)) return false;
  }
  return true;
}

/** File systems that ignore case mostly ignore Unicode normalization too. */
function foldCase(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/**
 * Hashes a path and its parent folders. Continues where the folder of the last path ended, if the next one is in it, as most
 * are.
 */
class PrefixHasher {
  /** Two signed 32-bit numbers for each parent folder, and for the path itself. */
  readonly hashes: number[] = [];
  /** How many of these numbers belong to the path. */
  count = 0;
  /** How many of them belong to folders that it shares with the last path. */
  shared = 0;
  readonly #seed: number;
  /** The folder of the last path, with its slash, and the state of the hash after it. */
  #folder = '';
  #folderCount = 0;
  #a = 0;
  #b = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  hash(path: string): this {
    if (this.#folder === '' || !path.startsWith(this.#folder)) {
      this.#folder = '';
      this.#folderCount = 0;
      this.#a = this.#seed ^ 0xdeadbeef;
      this.#b = this.#seed ^ 0x41c6ce57;
    }
    this.shared = this.#folderCount;
    let a = this.#a;
    let b = this.#b;
    let count = this.#folderCount;
    const lastSlash = path.lastIndexOf('/');
    for (let i = this.#folder.length; i <= path.length; i++) {
      const code = i === path.length ? SLASH : path.charCodeAt(i);
      if (code === SLASH) {
        this.hashes[count++] = mix(a ^ (b >>> 13));
        this.hashes[count++] = mix(b ^ (a >>> 16));
      }
      a = Math.imul(a ^ code, 0x9e3779b1);
      a ^= a >>> 15;
      b = Math.imul(b ^ code, 0x5f356495);
      b ^= b >>> 13;
      if (i === lastSlash) {
        this.#folderCount = count;
        this.#a = a;
        this.#b = b;
      }
    }
    this.#folder = path.slice(0, lastSlash + 1);
    this.count = count;
    return this;
  }
}

const SLASH = 0x2f;

/** The lowest bits of a slot's second number; the rest is hash. */
const FLAGS = FILE | FOLDER | LISTED_FOLDER | OTHER_CASE;

/** Open addressing in one typed array, because each slot access is a cache miss. A slot is taken if its flags are not 0. */
class HashTable {
  #size = 0;
  #slots: Int32Array;

  constructor(expected: number) {
    this.#slots = new Int32Array(2 * 2 ** Math.ceil(Math.log2(Math.max(2 * expected, 64))));
  }

  /** Sets flags for the key and returns the previous ones; 0 for a new key. */
  add(a: number, b: number, flags: number): number {
    if (this.#size * 4 >= this.#slots.length) this.#grow();
    const at = this.#find(a, b);
    const slots = this.#slots;
    const before = (slots[at + 1] as number) & FLAGS;
    if (before === 0) this.#size++;
    slots[at] = a;
    slots[at + 1] = (b & ~FLAGS) | before | flags;
    return before;
  }

  /** The slot of the key, or the free slot for it. */
  #find(a: number, b: number): number {
    const slots = this.#slots;
    const mask = slots.length - 2;
    for (let at = (2 * a) & mask; ; at = (at + 2) & mask) {
      const second = slots[at + 1] as number;
      if ((second & FLAGS) === 0 || (slots[at] === a && ((second ^ b) & ~FLAGS) === 0)) return at;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(2 * old.length);
    for (let i = 0; i < old.length; i += 2) {
      const a = old[i] as number;
      const second = old[i + 1] as number;
      if ((second & FLAGS) === 0) continue;
      const at = this.#find(a, second);
      this.#slots[at] = a;
      this.#slots[at + 1] = second;
    }
  }
}
