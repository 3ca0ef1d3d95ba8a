/** The permissions of app.ini and metadata.ini, which are written anew: those in the input, if its archive has any. */
import { CONFIG, METADATA } from '../gogs/layout.js';
import type { ArchiveFiles } from '../inputs/ArchiveFiles.js';

/** As Gogs itself writes them: internal/cmd/backup.go@v0.13.0 */
const USUAL = { [METADATA]: 0o644, [CONFIG]: 0o600 };

export function modeOfGenerated(name: typeof METADATA | typeof CONFIG, files: ArchiveFiles | undefined): number {
  const original = name === METADATA ? files?.metadata : files?.config;
  return original?.entry.mode || USUAL[name];
}
