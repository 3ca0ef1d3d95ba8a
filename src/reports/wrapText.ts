/** Breaks text into lines. Chinese text may break between any two characters, but never before closing punctuation. */
import { displayWidth } from '../core/displayWidth.js';

const WIDE = '\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef';
const OPENING = '（“《';
const CLOSING = '，。、：；？！）”》…';
/** Indivisible units: a Chinese character, or another word, with the punctuation around it. */
const UNITS = new RegExp(`\\s+|[${OPENING}]*(?:[${WIDE}]|[^\\s${WIDE}${OPENING}${CLOSING}]+)?[${CLOSING}]*`, 'gu');
/** Indivisible units of other texts. */
const WORDS = / +|[^ ]+/g;
const HAS_WIDE = new RegExp(`[${WIDE}]`, 'u');

/** `width` is in columns; a longer word gets a separate line. */
export function wrapText(text: string, width: number): string[] {
  const units = HAS_WIDE.test(text) ? UNITS : WORDS;
  return text.split('\n').flatMap((line) => wrapLine(line, units, width));
}

function wrapLine(text: string, units: RegExp, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let space = '';
  for (const [unit] of text.matchAll(units)) {
    if (unit.trim() === '') {
      space = unit;
      continue;
    }
    if (line !== '' && displayWidth(line + space + unit) > width) {
      lines.push(line);
      line = unit;
    } else line += (line === '' ? '' : space) + unit;
    space = '';
  }
  return [...lines, line];
}
