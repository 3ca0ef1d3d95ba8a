/**
 * Spreads every bit of a 32-bit hash over all others: the last step of MurmurHash3 (public domain, Austin Appleby). Returns a
 * signed number, because V8 keeps larger ones on the heap.
 */
export function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
