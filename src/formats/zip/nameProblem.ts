/** Which entry names are refused, because a program that unpacks them may write where nobody expects it. */
import { texts } from './texts.js';

/** Matches every refused name. Millions of names are good ones: they cost one match. */
const REFUSED = /\0|^[A-Za-z]:|(?:^|\/)\.{0,2}\/|(?:^|\/)\.{1,2}$|^$/;

/** What is wrong with the name, as the end of a sentence; undefined when nothing is. */
export function nameProblem(name: string): string | undefined {
  if (!REFUSED.test(name)) return undefined;
  const { found } = texts();
  if (name === '') return found.nameIsEmpty;
  if (name.includes('\0')) return found.nameHasNul;
  if (name.startsWith('/')) return found.nameIsAbsolute;
  if (/^[A-Za-z]:/.test(name)) return found.nameHasDrive;
  if (name.split('/').includes('..')) return found.nameClimbsOut;
  return found.nameIsNotPlain;
}
