/**
 * Bytes of a record in the leaf itself; the rest is in overflow pages: https://www.sqlite.org/fileformat2.html, section 1.6.
 */
export function localLength(length: number, usableSize: number): number {
  const most = usableSize - 35;
  if (length <= most) return length;
  const least = Math.floor(((usableSize - 12) * 32) / 255) - 23;
  const local = least + ((length - least) % (usableSize - 4));
  return local <= most ? local : least;
}
