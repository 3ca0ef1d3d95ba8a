/** Gives each input of a batch the name of its output. */
import { UsageError } from '../errors.js';
import type { BatchInput } from './findInputs.js';

export interface NamedInput extends BatchInput {
  /** Relative to the output folder, with slashes. */
  readonly output: string;
}

/**
 * Depends on the input's name alone, so that the next night's batch finds the outputs of the last: `a.zip` stays `a.zip`, and
 * `a.sql` becomes `a.sql.zip`.
 */
export function outputNameOf(name: string): string {
  return /\.zip$/i.test(name) ? name : `${name}.zip`;
}

/** Throws UsageError when two inputs would write one output. */
export function nameOutputs(inputs: readonly BatchInput[]): NamedInput[] {
  const taken = new Map<string, BatchInput>();
  return inputs.map((input) => {
    const output = outputNameOf(input.name);
    const other = taken.get(output);
    if (other !== undefined) {
      throw new UsageError(
        `${other.path} and ${input.path} would both be written to ${output}. ` +
          'Name a folder that both are in with --base, or upgrade them in two batches with different --out-dir.',
      );
    }
    taken.set(output, input);
    return { ...input, output };
  });
}
