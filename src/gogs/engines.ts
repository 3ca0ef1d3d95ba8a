/** The database engines that Gogs 0.13 and 0.14 run on, by the names app.ini gives them. */

export const ENGINES = ['mysql', 'postgres', 'sqlite3'] as const;
export type Engine = (typeof ENGINES)[number];

export const isEngine = (text: string): text is Engine => (ENGINES as readonly string[]).includes(text);

/** Where the servers of those that have one listen. */
export const DEFAULT_PORTS: Readonly<Record<Exclude<Engine, 'sqlite3'>, number>> = { mysql: 3306, postgres: 5432 };
