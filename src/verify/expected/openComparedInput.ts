/** Opens the input that an output is compared with. */
import type { Readable } from 'node:stream';
import { type OpenSourceOptions, openSource } from '../../inputs/openSource.js';
import type { Source } from '../../inputs/Source.js';

/** Oddities of the input are not reported here: an upgrade or an inspection of it does that. */
export function openComparedInput(
  input: string | Readable,
  options: Omit<OpenSourceOptions, 'notice'>,
): Promise<Source> {
  return openSource(input, { ...options, notice: () => undefined });
}
