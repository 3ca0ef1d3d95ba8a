/** Rejects entry names with which a program that unpacks them may write to unexpected places. */
import { texts } from './texts.js';

/** Matches every rejected name. The millions of valid names cost one match each. */
const REFUSED = /\0|^[A-Za-z]:|(?:^|\/)\.{0,2}\/|(?:^|\/)\.{1,2}$|^$/;

/** The fault in the name, as the end of a sentence; undefined if there is none. */
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
