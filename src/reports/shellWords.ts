/** Words of commands, quoted for the shell that is to read them. */

/** What runs on a server: `posix` is sh and everything like it. */
export type Shell = 'posix' | 'powershell';

/** Quotes a text so that the shell takes it for one word and expands nothing in it. */
export function shellWord(shell: Shell, text: string): string {
  return shell === 'posix' ? posixWord(text) : powershellWord(text);
}

const posixWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

// PowerShell ends a quoted text at typographic quotes as well: about_Quoting_Rules.
const powershellWord = (text: string): string =>
  /^[\w+=:./\\-]+$/.test(text) ? text : `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
