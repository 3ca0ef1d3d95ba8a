/** Type names that mean the same on more than one engine. */
import type { TextLimit } from './DatabaseEngine.js';

const INTEGERS: readonly (readonly [type: RegExp, bits: number])[] = [
  [/^tinyint/i, 8],
  [/^(?:smallint|int2|smallserial)/i, 16],
  [/^mediumint/i, 24],
  [/^(?:bigint|int8|bigserial)/i, 64],
  [/^(?:int|integer|int4|serial)\b/i, 32],
];

export const integerBitsOf = (type: string): number | undefined =>
  INTEGERS.find(([pattern]) => pattern.test(type))?.[1];

/** The limit of `varchar(255)`, `character varying(255)` or `bpchar(1)`. */
export function charactersOf(type: string): TextLimit {
  const found = /^(?:(?:var|n|nvar)?char(?:acter)?(?: varying)?|bpchar) ?\((\d+)\)/i.exec(type);
  return found === null ? {} : { maxCharacters: Number(found[1]) };
}
