/** Which entry names are refused, because a program that unpacks them may write where nobody expects it. */

/** Matches every refused name. Millions of names are good ones: they cost one match. */
const REFUSED = /\0|^[A-Za-z]:|(?:^|\/)\.{0,2}\/|(?:^|\/)\.{1,2}$|^$/;

/** What is wrong with the name, as the end of a sentence; undefined when nothing is. */
export function nameProblem(name: string): string | undefined {
  if (!REFUSED.test(name)) return undefined;
  if (name === '') return 'the name is empty';
  if (name.includes('\0')) return 'the name holds a NUL character';
  if (name.startsWith('/')) return 'the name is an absolute path';
  if (/^[A-Za-z]:/.test(name)) return 'the name begins with a drive';
  if (name.split('/').includes('..')) return 'the name climbs out of the archive';
  return 'the name is not a plain path';
}
