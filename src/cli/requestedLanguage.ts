/** Chooses the language of messages. */
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

/**
 * The system's language, from the first of these variables that is set or, on Windows, where usually none is, from the user's
 * settings. https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html
 */
export function systemLanguage(
  { LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Language {
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '');
  return /^zh(?![a-z])/i.test(locale ?? (platform === 'win32' ? Intl.DateTimeFormat().resolvedOptions().locale : ''))
    ? 'zh'
    : 'en';
}

const EQUALS = '--language=';
