/** Paths of the files that accompany an output. */
import { dirname, join } from 'node:path';
import { pathWithEnding } from './fileNames.js';

/** The SQL to load after the restore: `gogs.zip` → `gogs.after-restore.sql`. */
export const afterRestorePath = (archive: string): string =>
  pathWithEnding(archive.replace(/\.zip$/i, ''), '.after-restore.sql');

/** The file that starts a container on the output; `docker compose` looks for this name. */
export const composePath = (output: string): string =>
  join(dirname(output.replace(/[/\\]+$/, '')), 'docker-compose.yml');

/** The checklist: `gogs.zip` → `gogs.next-steps.md`, `gogs.sql` → `gogs.sql.next-steps.md`. */
export const checklistPath = (output: string): string =>
  pathWithEnding(output.replace(/(?:\.zip|[/\\]+)$/i, ''), '.next-steps.md');
