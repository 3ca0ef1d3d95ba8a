import type { Dialect } from '../syntax/Dialect.js';

/** The first parenthesized list of a statement, and the text around it. Quoted text is masked before words are searched. */
export class DefinitionList {
  readonly before: string;
  /** The parts of the list, trimmed; not split at commas within strings, names and parentheses. */
  readonly parts: readonly string[];
  readonly after: string;
  /** Nesting depth of parentheses. */
  readonly depth: number;
  readonly #quoted: RegExp;

  constructor(sql: string, dialect: Dialect, backslashEscapes: boolean) {
    const string = backslashEscapes || dialect === 'mysql' ? "'(?:[^'\\\\]|''|\\\\[\\s\\S])*'" : "'(?:[^']|'')*'";
    this.#quoted = new RegExp(`${string}|\`(?:[^\`]|\`\`)*\`|"(?:[^"]|"")*"|\\[[^\\]]*\\]`, 'g');
    const tokens = new RegExp(`${this.#quoted.source}|[(),]|[^'\`"(),[]+|[\\s\\S]`, 'g');
    const parts: string[] = [];
    let depth = 0;
    let deepest = 0;
    let start = -1;
    let end = sql.length;
    let part = '';
    for (const { 0: token, index } of sql.matchAll(tokens)) {
      if (token === '(') deepest = Math.max(deepest, ++depth);
      else if (token === ')') depth--;
      if (end < sql.length) continue;
      if (token === '(' && depth === 1 && start < 0) start = index;
      else if (token === ')' && depth === 0 && start >= 0) end = index;
      else if (token === ',' && depth === 1) {
        parts.push(part.trim());
        part = '';
      } else if (start >= 0) part += token;
    }
    parts.push(part.trim());
    this.parts = parts.filter((text) => text !== '');
    this.before = sql.slice(0, start < 0 ? sql.length : start);
    this.after = sql.slice(end + 1);
    this.depth = deepest;
  }

  /** The text with its strings and quoted names blanked out, of the same length. */
  masked(text: string): string {
    return text.replaceAll(this.#quoted, (quoted) => `${quoted[0]}${' '.repeat(quoted.length - 2)}${quoted.at(-1)}`);
  }
}
