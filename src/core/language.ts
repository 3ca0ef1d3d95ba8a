/**
 * The languages of everything that people read, and the one in use. Texts stand beside the code that says them, in pairs of
 * files: `texts/en.ts` and `texts/zh.ts`. What programs read (codes, keys of JSON, names of tables, commands and options) is
 * the same in every language.
 */

export const LANGUAGES = ['en', 'zh'] as const;
/** English, and Chinese in simplified characters. */
export type Language = (typeof LANGUAGES)[number];

let current: Language = 'en';

/** For the whole process. Findings and errors are in the language that is set when they are made. */
export function setLanguage(language: Language): void {
  current = language;
}

export const currentLanguage = (): Language => current;

/** The same keys with texts of the same parameters: what is missing or superfluous does not compile. */
export type Translation<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string
    ? string
    : Texts[Key] extends (values: infer Values) => string
      ? (values: Values) => string
      : Translation<Texts[Key]>;
};

/** Returns the texts in the language in use. Call it where a text is said, never while a module is loaded. */
export function catalogue<Texts>(languages: {
  readonly en: Texts;
  readonly zh: Translation<NoInfer<Texts>>;
}): () => Translation<Texts> {
  // Every text is a translation of itself; the compiler cannot see that of a type parameter.
  const { en, zh } = languages as Record<Language, Translation<Texts>>;
  return () => (current === 'zh' ? zh : en);
}

/** Parts of a list, such as names of options: `a, b, c`, in Chinese `a、b、c`. */
export const listed = (parts: Iterable<string>): string => [...parts].join(current === 'zh' ? '、' : ', ');
