import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findByte, findControl, WORD, wordOf, wordsOf } from '../../src/core/words.js';

/** Bytes of which several are equal, control characters, or next to one. */
const byte = fc.oneof(fc.constantFrom(0, 1, 0x1f, 0x20, 0x27, 0x5c, 0x7f, 0x80, 0xa7, 0xdc, 0xff), fc.nat(255));

test('a byte and a control character are found anywhere in a word, and nowhere else', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: WORD, maxLength: WORD }),
      fc.array(byte, { maxLength: WORD }),
      byte,
      (bytes, some, wanted) => {
        bytes.set(some);
        const word = wordsOf(bytes).getInt32(0, true);
        expect(findByte(word, wordOf(wanted)) !== 0).toBe(bytes.includes(wanted));
        expect(findControl(word) !== 0).toBe(bytes.some((each) => each < 0x20));
      },
    ),
    { numRuns: 3000 },
  );
});
