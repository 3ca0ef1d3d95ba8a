/** Opens the input that an output is compared with. */
import type { Readable } from 'node:stream';
import { type OpenSourceOptions, openSource } from '../inputs/openSource.js';
import type { Source } from '../inputs/Source.js';

/** What is odd about the input is for an upgrade and an inspection of it to say. */
export function openComparedInput(
  input: string | Readable,
  options: Omit<OpenSourceOptions, 'notice'>,
): Promise<Source> {
  return openSource(input, { ...options, notice: () => undefined });
}
