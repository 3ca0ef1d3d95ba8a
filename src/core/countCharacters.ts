/** Counts the code points of UTF-8, which is what database engines count: every byte that does not continue one begins one. */
export function countCharacters(bytes: Buffer, start = 0, end = bytes.length): number {
  let count = 0;
  for (let i = start; i < end; i++) if (((bytes[i] as number) & 0xc0) !== 0x80) count++;
  return count;
}
