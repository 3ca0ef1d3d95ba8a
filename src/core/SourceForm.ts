import { texts } from './texts.js';

/** What an input is. */
export type SourceForm = 'gogs backup' | 'gogs dump' | 'SQL dump' | 'CSV files' | 'SQLite database' | 'Gogs folder';

/** The name in messages. */
export const formName = (form: SourceForm): string => texts().forms[form];
