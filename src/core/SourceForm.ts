/** The forms of input. */
export type SourceForm = 'gogs backup' | 'gogs dump' | 'SQL dump' | 'CSV files' | 'SQLite database' | 'Gogs folder';
