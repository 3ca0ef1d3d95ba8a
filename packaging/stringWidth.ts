/**
 * Replaces the package string-width in the page layout of yargs. That package prepares for every emoji, which takes longer than
 * the rest of yargs.
 */
import { stripVTControlCharacters } from 'node:util';
import { eastAsianWidth } from 'get-east-asian-width';

/** The number of terminal columns of a text. */
export default function stringWidth(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  return width;
}
