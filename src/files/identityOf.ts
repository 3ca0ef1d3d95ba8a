/** Tells whether two names lead to the same file. Undefined if there is no regular file. */
import type { BigIntStats } from 'node:fs';
import { exactStatOf, openFileStatOf } from './statOf.js';

export const identityOf = (path: string): string | undefined => identityIn(exactStatOf(path));

export const identityOfOpenFile = (descriptor: number): string | undefined => identityIn(openFileStatOf(descriptor));

const identityIn = (found: BigIntStats | undefined): string | undefined =>
  found?.isFile() === true ? `${found.dev}:${found.ino}` : undefined;
