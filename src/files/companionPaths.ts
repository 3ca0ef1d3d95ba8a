/** Paths of the files that accompany an output. */
import { pathWithEnding } from './fileNames.js';

/** The SQL to load after the restore: `gogs.zip` → `gogs.after-restore.sql`. */
export const afterRestorePath = (archive: string): string =>
  pathWithEnding(archive.replace(/\.zip$/i, ''), '.after-restore.sql');

/** The checklist: `gogs.zip` → `gogs.next-steps.md`, `gogs.sql` → `gogs.sql.next-steps.md`. */
export const checklistPath = (output: string): string =>
  pathWithEnding(output.replace(/(?:\.zip|[/\\]+)$/i, ''), '.next-steps.md');
