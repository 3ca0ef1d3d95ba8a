import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RestoreScanner } from '../../../src/gogs/restore/RestoreScanner.js';

/** The lines that a restore reads, and the number of lines that it never reaches. */
function scan(text: string | Buffer, chunkBytes = 1000): { read: string[]; afterLongLine: number; tooLong: unknown } {
  const read: string[] = [];
  let afterLongLine = 0;
  const lines = {
    line(chunk: Buffer, start: number, end: number, isAfterLongLine: boolean): void {
      if (isAfterLongLine) afterLongLine++;
      else read.push(chunk.toString('utf8', start, end));
    },
  };
  const scanner = new RestoreScanner(lines, 65_536);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) scanner.feed(bytes.subarray(at, at + chunkBytes));
  scanner.end();
  return { read, afterLongLine, tooLong: scanner.tooLong };
}

// Measured with Gogs 0.13: see maxLineBytes in src/gogs/releases.
test.each([
  ['a line of 65,535 bytes and its newline is read', `${'x'.repeat(65_535)}\nb\n`, 2, 0],
  ['a line of 65,536 bytes ends the table', `a\n${'x'.repeat(65_536)}\nb\n`, 1, 2],
  ['a last line of 65,535 bytes without a newline is read', 'x'.repeat(65_535), 1, 0],
  ['a last line of 65,536 bytes without a newline is not', 'x'.repeat(65_536), 0, 1],
])('%s', (_, text, read, afterLongLine) => {
  const result = scan(text);
  expect([result.read.length, result.afterLongLine]).toEqual([read, afterLongLine]);
});

test('states which line ended the table', () => {
  expect(scan(`a\nb\n${'x'.repeat(70_000)}\n`).tooLong).toEqual({ line: 3, bytes: 70_001 });
});

test('finds the same lines for any chunks', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r') }),
      fc.integer({ min: 1, max: 7 }),
      (text, size) => {
        const lines = text.split('\n').map((line, index, all) => (index < all.length - 1 ? `${line}\n` : line));
        expect(scan(text, size).read).toEqual(lines.filter((line) => line !== ''));
      },
    ),
  );
});
