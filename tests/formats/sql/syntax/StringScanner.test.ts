import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Escapes, resolveEscapes } from '../../../../src/formats/sql/syntax/escapes.js';
import { StringScanner } from '../../../../src/formats/sql/syntax/StringScanner.js';
import { growth, LINEAR, runs } from '../../../support/effort.js';

const QUOTE = 0x27;
const BACKSLASH = 0x5c;
const LF = 0x0a;

/** Runs of every length around those at which the scanner changes its method, with special bytes in between. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom("'", '\\', '\n', '"', "''", "\\'", '\\\\', '\\\\\\', 'n'),
      fc.integer({ min: 1, max: 200 }).map((length) => 'x'.repeat(length)),
    ),
    { maxLength: 30 },
  )
  .map((parts) => Buffer.from(parts.join('')));

/** The same, byte by byte. */
function findByHand(bytes: Buffer, from: number, end: number, withBackslash: boolean): Record<string, number> {
  let [i, lines, escapeAt] = [from, 0, -1];
  for (; i < end && bytes[i] !== QUOTE; i++) {
    if (bytes[i] === BACKSLASH && withBackslash) {
      if (escapeAt < 0) escapeAt = i;
      i++;
    }
    if (bytes[i] === LF) lines++;
  }
  return { i, lines, escapeAt };
}

test('the end of a string, its lines and its first escape equal those of a byte-by-byte scan', () => {
  fc.assert(
    fc.property(text, fc.boolean(), fc.nat(), (bytes, withBackslash, spare) => {
      // Buffers are longer than their content.
      const end = Math.max(0, bytes.length - (spare % 70));
      const strings = new StringScanner();
      for (let from = 0; from <= end; ) {
        strings.lines = 0;
        const i = strings.findQuote(bytes, from, end, QUOTE, withBackslash);
        const { lines, escapeAt } = strings;
        expect({ i, lines, escapeAt }).toEqual(findByHand(bytes, from, end, withBackslash));
        from = i + 1;
      }
    }),
    { numRuns: runs(400) },
  );
});

test('escapes of texts of any length are resolved', () => {
  fc.assert(
    fc.property(text, (plain) => {
      const written = Buffer.from(
        plain.toString().replaceAll(/['\\\n]/g, (byte) => (byte === '\n' ? '\\n' : `\\${byte}`)),
      );
      const end = resolveEscapes(written, 0, written.length, Escapes.MySql, QUOTE);
      expect(written.toString('utf8', 0, end)).toBe(plain.toString());
      const doubled = Buffer.from(plain.toString().replaceAll("'", "''"));
      const doubledEnd = resolveEscapes(doubled, 0, doubled.length, Escapes.Doubled, QUOTE);
      expect(doubled.toString('utf8', 0, doubledEnd)).toBe(plain.toString());
    }),
    { numRuns: runs(400) },
  );
});

test('a long text takes linear time, wherever its escapes are', async () => {
  const work = (length: number): void => {
    const bytes = Buffer.from(`${'x'.repeat(300)}\\n`.repeat(length / 302));
    resolveEscapes(bytes, 0, bytes.length, Escapes.MySql, QUOTE);
  };
  // This would fail if each escape searched for a quote to the end.
  expect(await growth(1_000_000, work)).toBeLessThan(LINEAR);
});
