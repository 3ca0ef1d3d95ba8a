/**
 * Bytes of a record in the page itself; the rest is in overflow pages: https://www.sqlite.org/fileformat2.html, section 1.6.
 */
export function localLength(length: number, usableSize: number, most = usableSize - 35): number {
  if (length <= most) return length;
  const least = Math.floor(((usableSize - 12) * 32) / 255) - 23;
  const local = least + ((length - least) % (usableSize - 4));
  return local <= most ? local : least;
}

/** The same in an index, whose keys are also in inner pages. */
export function localKeyLength(length: number, usableSize: number): number {
  return localLength(length, usableSize, Math.floor(((usableSize - 12) * 64) / 255) - 23);
}
