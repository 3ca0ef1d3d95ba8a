/** Quotes the words of commands for a shell. */

/** The shell of a server: `posix` is sh and compatible shells. */
export type Shell = 'posix' | 'powershell';

/** Quotes a text so that the shell takes it as one word without expansions. */
export function shellWord(shell: Shell, text: string): string {
  return shell === 'posix' ? posixWord(text) : powershellWord(text);
}

const posixWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

// PowerShell also ends a quoted text at typographic quotes: about_Quoting_Rules.
const powershellWord = (text: string): string =>
  /^[\w+=:./\\-]+$/.test(text) ? text : `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
