/** Recognizes a tar by the checksum in its first header, which even the oldest formats have. */

const BLOCK_BYTES = 512;

export function isTar(head: Buffer): boolean {
  if (head.length < BLOCK_BYTES) return false;
  const stored = /^[\0 ]*([0-7]{1,7})[\0 ]*$/.exec(head.toString('latin1', 148, 156))?.[1];
  if (stored === undefined || head[0] === 0) return false;
  let sum = 0;
  for (let i = 0; i < BLOCK_BYTES; i++) sum += i >= 148 && i < 156 ? 0x20 : (head[i] ?? 0);
  return sum === Number.parseInt(stored, 8);
}
