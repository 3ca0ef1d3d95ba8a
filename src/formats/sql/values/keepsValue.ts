/** Decides which values engines store as written in columns of types that Gogs never uses: its own may have been converted. */

import type { Dialect } from '../syntax/Dialect.js';
import { isPrintedJsonb } from './isPrintedJsonb.js';

type Rule = readonly [type: RegExp, keeps: (text: string, type: string) => boolean];

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.(\d+))?$/;
const NEGATIVE_ZERO = /^-0(?:\.0+)?$/;
const SPECIAL_NUMBER = /^(?:NaN|-?Infinity)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME = /^-?\d{2,3}:\d\d:\d\d(?:\.(\d+))?$/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
/** The longest name of PostgreSQL. */
const NAME_BYTES = 63;
const always = (): boolean => true;

const argumentsOf = (type: string): number[] => (/\(([\d\s,]+)\)/.exec(type)?.[1] ?? '').split(',').map(Number);

/** `numeric(5,2)` stores exactly two decimals. */
function keepsDecimal(text: string, precision: number, scale: number): boolean {
  const decimals = DECIMAL.exec(text)?.[1] ?? '';
  if (!DECIMAL.test(text) || NEGATIVE_ZERO.test(text) || decimals.length !== scale) return false;
  return text.replace(/^-/, '').replace(/^0(?=\.)|\..*$/g, '').length <= Math.max(precision - scale, 1);
}

/** The digits of a number without its sign, point, exponent and outer zeros. */
const digitsOf = (text: string): string =>
  text
    .replace(/e.*$/i, '')
    .replaceAll(/[-.]/g, '')
    .replaceAll(/^0+|0+$/g, '');

/** Whether a floating-point number is written with as few digits as engines write, and neither zeros nor signs in excess. */
function keepsFloat(text: string, shortest: (value: number) => string, plainBelow: number): boolean {
  const isPlain = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/.test(text);
  const isExponential = /^-?[1-9](?:\.\d*[1-9])?e[+-]?\d+$/.test(text);
  const value = Number(text);
  if (text === '0') return true;
  const size = Math.abs(value);
  const isUsual = isPlain ? size >= 1e-4 && size < plainBelow : isExponential && (size >= plainBelow || size < 1e-4);
  return isUsual && digitsOf(text) === digitsOf(shortest(value));
}

const double = (value: number): string => String(value);
/** The fewest digits that tell a value from the other ones of single precision. */
function single(value: number): string {
  const rounded = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = rounded.toPrecision(digits);
    if (Math.fround(Number(text)) === rounded) return text;
  }
  return rounded.toPrecision(9);
}
/** FLT_DIG: MariaDB writes no more digits. */
const sixDigits = (value: number): string => Math.fround(value).toPrecision(6);

const isWithin = (text: string, bytes: number): boolean => Buffer.byteLength(text, 'latin1') <= bytes;

const RULES: Readonly<Record<Exclude<Dialect, 'sqlite3'>, readonly Rule[]>> = {
  mysql: [
    [
      /^(?:decimal|numeric|dec|fixed)\b/i,
      (text, type) => {
        const [precision = 10, scale = 0] = /\(/.test(type) ? argumentsOf(type) : [];
        return keepsDecimal(text, precision, scale) && !(/\bunsigned\b/i.test(type) && text.startsWith('-'));
      },
    ],
    // In some modes, real stands for float.
    [/^(?:float|real)\b(?! ?\()/i, (text) => keepsFloat(text, sixDigits, 1e15)],
    [/^double\b(?!.*\()/i, (text) => keepsFloat(text, double, 1e15)],
    [/^date$/i, (text) => DATE.test(text)],
    [
      /^time\b/i,
      (text, type) => {
        const [fraction = 0] = /\(/.test(type) ? argumentsOf(type) : [];
        return TIME.test(text) && (TIME.exec(text)?.[1] ?? '').length === fraction;
      },
    ],
    [/^year\b/i, (text) => /^(?:19\d\d|20\d\d|21[0-4]\d|215[0-5]|0000)$/.test(text)],
    [/^bit\b/i, (text, type) => /^\d{1,15}$/.test(text) && Number(text) < 2 ** (argumentsOf(type)[0] || 1)],
    [/^binary\b/i, (text, type) => text.length === (argumentsOf(type)[0] || 1)],
    [/^varbinary\b/i, (text, type) => isWithin(text, argumentsOf(type)[0] ?? 0)],
    [/^tinyblob\b/i, (text) => isWithin(text, 0xff)],
    [/^blob$/i, (text) => isWithin(text, 0xffff)],
    [/^(?:medium|long)blob\b|^json\b/i, always],
    [/^uuid\b/i, (text) => UUID.test(text)],
  ],
  postgres: [
    [
      /^(?:numeric|decimal)\b/i,
      (text, type) => {
        if (SPECIAL_NUMBER.test(text)) return true;
        const [precision, scale = 0] = /\(/.test(type) ? argumentsOf(type) : [];
        if (precision === undefined) return DECIMAL.test(text) && !NEGATIVE_ZERO.test(text);
        return keepsDecimal(text, precision, scale);
      },
    ],
    [/^(?:real|float4)\b/i, (text) => SPECIAL_NUMBER.test(text) || keepsFloat(text, single, 1e6)],
    [
      /^(?:double precision|float8|float)\b(?! ?\()/i,
      (text) => SPECIAL_NUMBER.test(text) || keepsFloat(text, double, 1e15),
    ],
    [/^date\b/i, (text) => DATE.test(text)],
    [/^time(?: without time zone)?$/i, (text) => /^\d\d:\d\d:\d\d(?:\.\d*[1-9])?$/.test(text)],
    [/^bytea\b/i, (text) => /^\\x(?:[\da-f]{2})*$/.test(text)],
    [/^name\b/i, (text) => isWithin(text, NAME_BYTES)],
    [/^json$|^citext$|^xml$/i, always],
    [/^jsonb$/i, isPrintedJsonb],
    [/^oid$/i, (text) => /^(?:0|[1-9]\d{0,8})$/.test(text)],
  ],
};

/** Whether a column of the type stores the text, given as latin1, unchanged; undefined for a type that is not known. */
export function keepsValue(text: string, type: string, dialect: Exclude<Dialect, 'sqlite3'>): boolean | undefined {
  const plain = type.replaceAll(/\s+/g, ' ').replace(/^(?:"?[\w]+"?\.)?"?(\w+)"?/, '$1');
  if (plain.endsWith(']')) return undefined;
  const rule = RULES[dialect].find(([pattern]) => pattern.test(plain));
  return rule?.[1](text, plain);
}

/** Tells whether an enumeration or set of MySQL has a value of a text. */
export function memberTest(type: string): (text: string) => boolean {
  // Escapes in a member are not read.
  if (type.includes('\\')) return () => false;
  const members = [...type.matchAll(/'((?:[^']|'')*)'/g)].map(([, member = '']) => member.replaceAll("''", "'"));
  // A value that was none when it was stored is empty.
  if (/^enum/i.test(type)) {
    const known = new Set(members);
    return (text) => text === '' || known.has(text);
  }
  return (text) => {
    let from = 0;
    return (
      text === '' ||
      text.split(',').every((each) => {
        const at = members.indexOf(each, from);
        from = at + 1;
        return at >= 0;
      })
    );
  };
}
