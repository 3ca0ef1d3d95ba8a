/** What is left to do by hand, in order; only what applies. */
import type { Written } from './backups/Destination.js';
import type { Engine } from './gogs/engines.js';

const LOAD_COMMANDS: Readonly<Record<Engine, (file: string) => string>> = {
  mysql: (file) => `mariadb DATABASE < ${file}`,
  postgres: (file) => `psql -v ON_ERROR_STOP=1 -d DATABASE -f ${file}`,
  sqlite3: (file) => `sqlite3 -bail PATH/TO/gogs.db < ${file}`,
};

/** `output` is the path of the archive, `-` for standard output. */
export function nextSteps(output: string, { afterRestoreSql }: Written, engine: Engine | undefined): string[] {
  const archive = output === '-' ? 'BACKUP.zip' : output;
  const steps = [
    // The temporary folder must be on the disk that custom and data are moved to: internal/cmd/restore.go@v0.13.0
    `gogs restore --from ${quote(archive)} --tempdir FOLDER-ON-THE-SAME-DISK-AS-GOGS`,
  ];
  if (afterRestoreSql !== null) steps.push(LOAD_COMMANDS[engine ?? 'sqlite3'](quote(afterRestoreSql)));
  return steps;
}

/** As a POSIX shell takes it for one word. */
const quote = (path: string): string => (/^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`);
