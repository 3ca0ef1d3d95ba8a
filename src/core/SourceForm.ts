/** What an input is. */
export type SourceForm = 'gogs backup' | 'gogs dump' | 'SQL dump' | 'CSV files' | 'SQLite database' | 'Gogs folder';
