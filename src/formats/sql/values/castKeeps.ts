/** Decides which casts written by dump programs leave a value unchanged. */

import type { Dialect } from '../syntax/Dialect.js';

const INTEGER = /^(?:(?:tiny|small|medium|big)?int(?:eger)?[248]?|signed(?: integer)?|unsigned(?: integer)?)$/i;
const WHOLE = /^-?(?:0|[1-9]\d{0,17})$/;
const PLAIN_TEXT: Readonly<Record<Dialect, RegExp>> = {
  mysql: /^(?:binary|char|nchar|utf8(?:mb[34])?|(?:char|nchar) character set utf8(?:mb[34])?)$/i,
  postgres: /^(?:text|character varying|varchar|json|unknown|xml)$/i,
  sqlite3: /^(?!.*int).*(?:char|clob|text)/is,
};
/** MySQL's CAST truncates to the length, like PostgreSQL's; SQLite ignores lengths. */
const LIMITED_TEXT: Readonly<Record<Exclude<Dialect, 'sqlite3'>, RegExp>> = {
  mysql: /^(?:char|nchar) ?\((\d+)\)$/i,
  postgres: /^(?:character varying|varchar) ?\((\d+)\)$/i,
};
const PLAIN_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{0,5}[1-9])?([+-]\d\d(?::\d\d)?)?$/;
const TIME = /^(?:timestamp(?: without time zone)?|datetime)$/i;
const ZONED_TIME = /^(?:timestamptz|timestamp with time zone)$/i;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const OWN_TYPE = /^(?:"[^"]+"\.)?"[^"]+"(?:\[\])?$/;
/** Quoted built-in types, such as `"char"`. */
const BUILT_IN =
  /^"?(?:pg_catalog"?\.)?"?(?:char|bpchar|name|bit|varbit|numeric|float[48]|money|jsonb|interval|inet|cidr|macaddr8?|oid|reg\w+|bytea|date|time|timetz|point|line|box|path|polygon|circle|ts\w+|int[248]range|bool|int[248]|uuid)"?/i;

/** Whether a cast leaves a value unchanged. `text`: the value; `isNumber`: it was written without quotes. */
export function castKeeps(text: string, isNumber: boolean, type: string, dialect: Dialect): boolean {
  const name = plainName(type);
  if (dialect === 'mysql' && /utf8(?:mb3)?$/i.test(name) && /[\u{10000}-\u{10ffff}]/u.test(text)) return false;
  if (PLAIN_TEXT[dialect].test(name)) return !isNumber || WHOLE.test(text);
  if (dialect === 'sqlite3') return /^(?:int|integer|bigint|numeric)$/i.test(name) && WHOLE.test(text);
  const limit = LIMITED_TEXT[dialect].exec(name)?.[1];
  if (limit !== undefined) return !isNumber && [...text].length <= Number(limit);
  if (INTEGER.test(name)) return WHOLE.test(text) && !(/^unsigned/i.test(name) && text.startsWith('-'));
  const time = isNumber ? null : PLAIN_TIME.exec(text);
  if (TIME.test(name)) return time !== null && time[1] === undefined;
  if (dialect === 'mysql') return false;
  if (ZONED_TIME.test(name)) return time?.[1] !== undefined;
  if (/^uuid$/i.test(name)) return UUID.test(text);
  return !isNumber && isOwnType(type);
}

const plainName = (type: string): string =>
  type
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replace(/^(?:"pg_catalog"|pg_catalog) ?\. ?/i, '')
    .replace(/^"(text|varchar|int[248]|json)"$/, '$1');

/** Whether PostgreSQL's type may be a domain, an enumeration, or the like, which only its definition tells apart. */
export function isOwnType(type: string): boolean {
  const name = plainName(type);
  return OWN_TYPE.test(name) && !BUILT_IN.test(name);
}

/** Whether values of the type are printed in the time zone of the session. */
export const isZonedTime = (type: string): boolean => ZONED_TIME.test(type.trim().replaceAll(/\s+/g, ' '));

/** The result of PostgreSQL's cast to boolean; undefined for another cast, or if only the engine knows. */
export function castToBoolean(text: string, type: string, dialect: Dialect): boolean | undefined {
  if (dialect !== 'postgres' || !/^(?:pg_catalog\.)?"?bool(?:ean)?"?$/i.test(type.trim())) return undefined;
  if (/^(?:t|true)$/.test(text)) return true;
  return /^(?:f|false)$/.test(text) ? false : undefined;
}
