import { hash } from 'node:crypto';

/** Lower-case hexadecimal SHA-256, as Gogs stores hashes of tokens: internal/cryptoutil/sha.go@v0.13.0 */
export const sha256Hex = (value: Buffer): string => hash('sha256', value, 'hex');
