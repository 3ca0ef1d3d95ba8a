/** Whether UTF-8 text contains a character that MySQL's utf8mb3 cannot hold. */
export const hasFourByteCharacter = (bytes: Buffer): boolean => bytes.some((byte) => byte >= 0xf0);
