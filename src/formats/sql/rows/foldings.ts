/**
 * Reduces texts so that those which a collation without case takes for equal become equal, and hardly any others do. MySQL's
 * general collations compare letter by letter (ß as s), those of Unicode by expansions (ß as ss):
 * https://dev.mysql.com/doc/refman/8.0/en/charset-unicode-sets.html
 */

/** Letters that have no decomposition, by the letters that they are compared as. */
const EXPANSIONS: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
};

/** `trimEnd`: collations ignore spaces at the end. Characters beyond the first 65,536 are all equal in older collations. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cc}\p{Cf}]/gu, '')
    .toLowerCase()
    .replaceAll(/[\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .trimEnd();
}

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

const byLetters = (text: string): string =>
  isAscii(text) ? text.toLowerCase().trimEnd() : fold(text).replaceAll('ß', 's');

const byExpansions = (text: string): string =>
  isAscii(text)
    ? text.toLowerCase().trimEnd()
    : fold(text)
        .replaceAll('ß', 'ss')
        .replaceAll(/[æœøłđðþħŧı]/g, (letter) => EXPANSIONS[letter] ?? letter);

/** Texts are equal to a collation only if they are equal after one of these. */
export const FOLDINGS: readonly [(text: string) => string, (text: string) => string] = [byLetters, byExpansions];
