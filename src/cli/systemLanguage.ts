/** The language of the system. Imports nothing, because it is loaded before everything else. */
import type { Language } from '../core/language.js';

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
