/** Which entry names are refused, because a program that unpacks them may write where nobody expects it. */

/** What is wrong with the name, as the end of a sentence; undefined when nothing is. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return 'the name is empty';
  if (name.includes('\0')) return 'the name holds a NUL character';
  if (name.includes('\\')) return 'the name holds a backslash';
  if (name.startsWith('/')) return 'the name is an absolute path';
  if (/^[A-Za-z]:/.test(name)) return 'the name begins with a drive';
  const path = name.endsWith('/') ? name.slice(0, -1) : name;
  for (const part of path.split('/')) {
    if (part === '..') return 'the name climbs out of the archive';
    if (part === '' || part === '.') return 'the name is not a plain path';
  }
  return undefined;
}
