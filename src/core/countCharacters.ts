/** Counts UTF-8 code points, as database engines do: every byte that is not a continuation byte. */
export function countCharacters(bytes: Buffer, start = 0, end = bytes.length): number {
  let count = 0;
  for (let i = start; i < end; i++) if (((bytes[i] as number) & 0xc0) !== 0x80) count++;
  return count;
}
