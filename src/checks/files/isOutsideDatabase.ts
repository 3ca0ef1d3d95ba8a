import { CUSTOM, DATA } from '../../gogs/layout.js';

/** True for a file that only a backup made without --database-only has: internal/cmd/backup.go@v0.13.0 */
export const isOutsideDatabase = (name: string): boolean => name.startsWith(CUSTOM) || name.startsWith(DATA);
