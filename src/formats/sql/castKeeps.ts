/** Tells which casts, of those that dump programs write, leave a value as it is. */

const INTEGER =
  /^(?:pg_catalog\.)?(?:(?:tiny|small|medium|big)?int(?:eger)?[248]?|signed(?: integer)?|unsigned(?: integer)?)$/i;
const WHOLE = /^-?(?:0|[1-9]\d{0,17})$/;
const PLAIN_TEXT =
  /^(?:pg_catalog\.)?(?:text|character varying|varchar|bpchar|bytea|json|uuid|unknown|xml|regclass|binary|char|nchar|utf8(?:mb[34])?|longtext)$/i;
const LIMITED_TEXT = /^(?:character varying|varchar|char|nchar|binary|varbinary) ?\((\d+)\)$/i;
const TIME = /^(?:timestamp|datetime|date|time)\b/i;
const PLAIN_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{0,5}[1-9])?(?:[+-]\d\d(?::\d\d)?)?$/;
/** Types that write values their own way. */
const CHANGING =
  /^(?:pg_catalog\.)?(?:numeric|decimal|dec|real|float|double|money|jsonb|name|bit|varbit|interval|inet|cidr|macaddr|oid|character\b|char\b|varchar\b|binary|year|point|box|ts\w+)/i;

/** Whether a cast leaves a value as it is. `text`: the value; `isNumber`: it was written without quotes. */
export function castKeeps(text: string, isNumber: boolean, type: string, isSqlite: boolean): boolean {
  const name = type.trim().replaceAll(/\s+/g, ' ');
  if (PLAIN_TEXT.test(name)) return !isNumber || WHOLE.test(text);
  const limit = LIMITED_TEXT.exec(name)?.[1];
  // char(n) pads in PostgreSQL, and SQLite does not care for lengths.
  if (limit !== undefined)
    return !isNumber && (isSqlite || (!/^n?char\b/i.test(name) && [...text].length <= Number(limit)));
  if (INTEGER.test(name)) return WHOLE.test(text);
  if (/^bool(?:ean)?$/i.test(name)) return /^(?:t|f|true|false)$/i.test(text);
  if (TIME.test(name)) return PLAIN_TIME.test(text) && /^(?:timestamp|datetime)\b/i.test(name) && !/\(/.test(name);
  return !CHANGING.test(name);
}
