import fc from 'fast-check';

const SURROGATES = 0xd800;
const SURROGATE_COUNT = 0x800;

/**
 * Text of any characters, half of them ASCII, including control characters. fast-check's own `unit: 'binary'` first lists a
 * million of them, which takes seconds in each test file.
 */
export function unicodeText(length: { minLength?: number; maxLength?: number } = {}): fc.Arbitrary<string> {
  const any = fc
    .integer({ min: 0, max: 0x10ffff - SURROGATE_COUNT })
    .map((point) => (point < SURROGATES ? point : point + SURROGATE_COUNT));
  return fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), any), length)
    .map((points) => String.fromCodePoint(...points));
}
