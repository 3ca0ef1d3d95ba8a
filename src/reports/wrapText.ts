/** Breaks text into lines. Chinese may break between any two characters, but no line begins with its punctuation. */
import wrapAnsi from 'wrap-ansi';
import { displayWidth } from '../core/displayWidth.js';

const WIDE = '\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef';
const OPENING = '（“《';
const CLOSING = '，。、：；？！）”》…';
/** What stays together: a Chinese character, or a word without one, with the punctuation around it. */
const UNITS = new RegExp(`\\s+|[${OPENING}]*(?:[${WIDE}]|[^\\s${WIDE}${OPENING}${CLOSING}]+)?[${CLOSING}]*`, 'gu');
const HAS_WIDE = new RegExp(`[${WIDE}]`, 'u');

/** `width` in columns; a longer word gets a line of its own. */
export function wrapText(text: string, width: number): string[] {
  if (!HAS_WIDE.test(text)) return wrapAnsi(text, width, { trim: true }).split('\n');
  return text.split('\n').flatMap((line) => wrapLine(line, width));
}

function wrapLine(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let space = '';
  for (const [unit] of text.matchAll(UNITS)) {
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
