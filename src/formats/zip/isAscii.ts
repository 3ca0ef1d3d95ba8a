/** True if no byte is above 0x7f: such names read the same in every encoding of a zip. */
export function isAscii(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte > 0x7f) return false;
  return true;
}
