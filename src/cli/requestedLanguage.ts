/** The language that the command line asks for. */
import { LANGUAGES, type Language } from '../core/language.js';

/**
 * The value of `--language`. Read before everything else, because even errors on the command line are shown in that language.
 */
export function requestedLanguage(args: readonly string[]): Language | undefined {
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const values = options.flatMap((arg, index) =>
    arg === '--language'
      ? options.slice(index + 1, index + 2)
      : arg.startsWith(EQUALS)
        ? [arg.slice(EQUALS.length)]
        : [],
  );
  return LANGUAGES.find((language) => values.includes(language));
}

const EQUALS = '--language=';
