/** Suggests a word for a misspelt one. */
import { closestMatch } from 'leven';

/** Undefined if no candidate is close enough. Two swapped letters count as two mistakes. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const maxDistance = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
  return closestMatch(word, candidates, { maxDistance });
}
