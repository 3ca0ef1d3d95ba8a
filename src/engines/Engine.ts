/** The database engines that Gogs runs on, by the names that app.ini gives them. MariaDB is `mysql`. */

export const ENGINES = ['mysql', 'postgres', 'sqlite3'] as const;
export type Engine = (typeof ENGINES)[number];

export const isEngine = (text: string): text is Engine => (ENGINES as readonly string[]).includes(text);

/** Where the servers of those that have one listen. */
export const DEFAULT_PORTS: Readonly<Record<Exclude<Engine, 'sqlite3'>, number>> = { mysql: 3306, postgres: 5432 };
