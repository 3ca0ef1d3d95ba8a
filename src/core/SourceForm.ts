import { texts } from './texts.js';

/** The form of an input. */
export type SourceForm = 'gogs backup' | 'gogs dump' | 'SQL dump' | 'CSV files' | 'SQLite database' | 'Gogs folder';

/** The name of a form in messages. */
export const formName = (form: SourceForm): string => texts().forms[form];
