/**
 * Bytes to write at once. For larger writes, file systems with large folios (XFS; ext4 since Linux 6.16) look for that much memory
 * in one piece. On a virtual machine, whose host has to provide it first, writes of 1 MB took up to five times as long.
 */
export const WRITE_SIZE = 256 * 1024;
