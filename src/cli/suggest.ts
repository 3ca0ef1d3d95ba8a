/** Guesses what was meant by a misspelt word. */
import { closestMatch } from 'leven';

/** Undefined when nothing is close enough to be worth a guess. Two letters that have changed places count as two mistakes. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const maxDistance = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
  return closestMatch(word, candidates, { maxDistance });
}
