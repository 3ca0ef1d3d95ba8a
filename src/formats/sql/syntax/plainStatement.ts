/** Reduces the text of a statement to what an engine executes, so that simple patterns can classify it. */

import type { Dialect } from './Dialect.js';

/** The ends of strings and quoted names. */
const QUOTED: Readonly<Record<string, RegExp>> = {
  "'": /'(?:[^']|'')*(?:'|$)/y,
  '"': /"(?:[^"]|"")*(?:"|$)/y,
  '`': /`(?:[^`]|``)*(?:`|$)/y,
};
const ESCAPED: Readonly<Record<string, RegExp>> = {
  "'": /'(?:[^'\\]|''|\\[\s\S])*(?:'|$)/y,
  '"': /"(?:[^"\\]|""|\\[\s\S])*(?:"|$)/y,
};
const BRACKETS = /\[[^\]]*(?:\]|$)/y;
const DOLLAR_QUOTE = /\$([A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$[\s\S]*?(?:\$\1\$|$)/y;
const LINE_COMMENT = /--[^\n]*|#[^\n]*/y;
/** See lineCommentEnd.ts. */
const POSTGRES_LINE_COMMENT = /--[^\r\n]*/y;
const CONDITIONAL = /\/\*M?!\d*/y;

const WORD = /[\w$\x80-\uffff]/;
/** The beginning of one of SQLite's blobs: `x'00'`. */
const BLOB_PREFIX = /(?:^|[^\w$\x80-\uffff])x$/i;

/**
 * The statement without comments, with one space for each run of white space, and between words and quoted names. Strings and
 * quoted names are unchanged. Comments that MySQL executes (`/*!40101 SET … *\/`) are unwrapped.
 */
export function plainStatement(text: string, dialect: Dialect, backslashEscapes: boolean): string {
  let plain = '';
  /** Its last two characters: reading them from a text that is still growing would copy it each time. */
  let end = '';
  let i = 0;
  /** A quoted name has just been taken. */
  let isName = false;
  const take = (pattern: RegExp | undefined): string => {
    if (pattern === undefined) return '';
    pattern.lastIndex = i;
    return pattern.exec(text)?.[0] ?? '';
  };
  const add = (part: string): void => {
    plain += part;
    end = (end + part.slice(-2)).slice(-2);
  };
  const space = (): void => {
    if (plain !== '' && !end.endsWith(' ')) add(' ');
  };
  const addName = (name: string): void => {
    if (WORD.test(end.at(-1) ?? '')) add(' ');
    add(name);
    isName = true;
  };
  while (i < text.length) {
    const character = text[i] as string;
    let taken = '';
    if (isName && WORD.test(character)) add(' ');
    isName = false;
    if (character === "'" || character === '"' || character === '`') {
      const escapes = backslashEscapes && (dialect === 'mysql' || character === "'");
      const isEscapeString = dialect === 'postgres' && character === "'" && /(?:^|[^\w$])E$/i.test(end);
      taken = take(((escapes || isEscapeString) && ESCAPED[character]) || QUOTED[character]);
      const mayBeName = character !== "'" || (dialect === 'sqlite3' && !BLOB_PREFIX.test(end));
      if (mayBeName) addName(taken);
      else add(taken);
    } else if (character === '[' && dialect === 'sqlite3') {
      taken = take(BRACKETS);
      addName(taken);
    } else if (character === '$' && dialect === 'postgres') {
      taken = take(DOLLAR_QUOTE);
      add(taken);
    } else if (character === '-' || character === '#') {
      if (character === '#' ? dialect === 'mysql' : isDashComment(text, i, dialect))
        taken = take(dialect === 'postgres' ? POSTGRES_LINE_COMMENT : LINE_COMMENT);
      if (taken !== '') space();
    } else if (character === '/' && text[i + 1] === '*') {
      taken = dialect === 'mysql' ? take(CONDITIONAL) : '';
      if (taken === '') taken = text.slice(i, commentEnd(text, i, dialect === 'postgres'));
      space();
    } else if (character === '*' && text[i + 1] === '/' && dialect === 'mysql') {
      taken = '*/';
      space();
    } else if (/\s/.test(character)) {
      taken = character;
      space();
    }
    if (taken === '') {
      add(character);
      i++;
    } else i += taken.length;
  }
  return plain.trim();
}

/** MySQL requires white space after the dashes. */
function isDashComment(text: string, i: number, dialect: Dialect): boolean {
  return text[i + 1] === '-' && (dialect !== 'mysql' || !/^[^\s]/.test(text.slice(i + 2, i + 3)));
}

function commentEnd(text: string, start: number, nests: boolean): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start + 2;
  let depth = 1;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === '*/') depth--;
    else if (nests) depth++;
    if (depth === 0) return marks.lastIndex;
  }
  return text.length;
}
