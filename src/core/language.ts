/**
 * The languages of all text for people, and the one in use. Texts are stored beside the code that uses them, in pairs of files:
 * `texts/en.ts` and `texts/zh.ts`. What programs read (codes, JSON keys, names of tables, commands and options) is the same in
 * every language.
 */
import { UsageError } from './errors.js';

/** The languages that `setLanguage` accepts. */
export const LANGUAGES = ['en', 'zh'] as const;
/** English, and Chinese in simplified characters. */
export type Language = (typeof LANGUAGES)[number];

let current: Language = 'en';

/**
 * Sets the language of the whole process. Findings, errors and pages use the language that is set when they are created. Throws
 * UsageError for an unknown language.
 */
export function setLanguage(language: Language): void {
  if (!LANGUAGES.includes(language)) {
    throw new UsageError(`There is no language ${JSON.stringify(language)}: choose one of ${LANGUAGES.join(', ')}.`);
  }
  current = language;
}

export const currentLanguage = (): Language => current;

/** The same keys and parameters as the original: a missing or superfluous text does not compile. */
export type Translation<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string
    ? string
    : Texts[Key] extends (values: infer Values) => string
      ? (values: Values) => string
      : Translation<Texts[Key]>;
};

/**
 * Returns a function that gives the texts in the language in use. Call that function where a text is used, never while a module
 * loads.
 */
export function catalogue<Texts>(languages: {
  readonly en: Texts;
  readonly zh: Translation<NoInfer<Texts>>;
}): () => Translation<Texts> {
  // Every text is a translation of itself, but the compiler cannot see that for a type parameter.
  const { en, zh } = languages as Record<Language, Translation<Texts>>;
  return () => (current === 'zh' ? zh : en);
}

/** Joins the parts of a list, such as names of options: `a, b, c`, in Chinese `a、b、c`. */
export const listed = (parts: Iterable<string>): string => [...parts].join(current === 'zh' ? '、' : ', ');

/** Joins clauses that can contain lists: `a, b`. */
export const clauses = (parts: Iterable<string>): string => [...parts].join(current === 'zh' ? '，' : ', ');

/** ` (text)`, in Chinese `（text）`. */
export const inBrackets = (text: string | number): string => (current === 'zh' ? `（${text}）` : ` (${text})`);

/** Joins the parts of a list that contain commas themselves: `a, b; c`. */
export const itemized = (parts: Iterable<string>): string => [...parts].join(current === 'zh' ? '；' : '; ');

/** Joins statements without full stops. */
export const statements = (parts: Iterable<string>): string => [...parts].join(current === 'zh' ? '；' : '. ');

/** Joins whole sentences; in Chinese without spaces. */
export const sentences = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(current === 'zh' ? '' : ' ');

/** A word within a Chinese text; Latin letters are preceded by a space. */
export const spaced = (word: string): string => (/^[A-Za-z]/.test(word) ? ` ${word}` : word);
