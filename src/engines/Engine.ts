/** The database engines that Gogs supports, under their names in app.ini. MariaDB is `mysql`. */
export const ENGINES = ['mysql', 'postgres', 'sqlite3'] as const;
/** The name of an engine in app.ini. */
export type Engine = (typeof ENGINES)[number];

export const isEngine = (text: string): text is Engine => (ENGINES as readonly string[]).includes(text);
