/** Type names that mean the same on more than one engine. */
import type { TextLimit } from './DatabaseEngine.js';

const INTEGERS: readonly (readonly [type: RegExp, bits: number])[] = [
  [/^tinyint/i, 8],
  [/^smallint/i, 16],
  [/^(int\b|int\(|integer)/i, 32],
];

export const LARGEST_INTEGER_BITS = 64;

export const integerBitsOf = (type: string): number =>
  INTEGERS.find(([pattern]) => pattern.test(type))?.[1] ?? LARGEST_INTEGER_BITS;

/** The limit of `varchar(255)` or `character varying(255)`. */
export function charactersOf(type: string): TextLimit {
  const characters = /^(?:varchar|character varying)\((\d+)\)$/i.exec(type)?.[1];
  return characters === undefined ? {} : { maxCharacters: Number(characters) };
}
