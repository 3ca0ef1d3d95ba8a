/** The first bytes of a stream, all of which is read, so that damage further on is noticed. */
export async function beginningOf(content: AsyncIterable<Buffer>, bytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    if (length >= bytes) continue;
    // A copy, because the chunk may be overwritten.
    pieces.push(Buffer.from(chunk.subarray(0, bytes - length)));
    length += chunk.length;
  }
  return Buffer.concat(pieces);
}
