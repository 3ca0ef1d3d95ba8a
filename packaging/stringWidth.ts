/**
 * Takes the place of the package string-width where yargs lays out its pages. That package prepares for every emoji there is,
 * which takes longer than all the rest of yargs.
 */
import { stripVTControlCharacters } from 'node:util';
import { eastAsianWidth } from 'get-east-asian-width';

/** Columns that a text takes on a terminal. */
export default function stringWidth(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  return width;
}
