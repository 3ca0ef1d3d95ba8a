import { texts } from './texts.js';

/** The forms of an input. */
export const SOURCE_FORMS = [
  'gogs backup',
  'gogs dump',
  'SQL dump',
  'CSV files',
  'SQLite database',
  'Gogs folder',
] as const;
/** The form of an input. */
export type SourceForm = (typeof SOURCE_FORMS)[number];

/** The name of a form in messages. */
export const formName = (form: SourceForm): string => texts().forms[form];
