/** Gives each input of a batch the name of its output. */

import { UsageError } from '../core/errors.js';
import type { OutputFormat } from '../core/outputFormats.js';
import { afterRestorePath, checklistPath } from '../files/companionPaths.js';
import type { BatchInput } from './findInputs.js';

export interface NamedInput extends BatchInput {
  /** Relative to the output folder, with slashes. */
  readonly output: string;
}

/** What the name of an output ends in. */
const ENDINGS: Readonly<Record<OutputFormat, string>> = {
  zip: '.zip',
  sql: '.sql',
  csv: '.csv',
  sqlite: '.db',
  files: '.gogs',
};

/**
 * Depends on the input's name alone, so that the next night's batch finds the outputs of the last. An ending that fits stays,
 * others are added to: `a.zip` stays `a.zip`, and `a.sql` becomes `a.sql.zip`.
 */
export function outputNameOf(name: string, format: OutputFormat): string {
  const ending = ENDINGS[format];
  return name.toLowerCase().endsWith(ending) ? name : `${name}${ending}`;
}

/** The SQL that goes with an output: `a.zip.sql`. */
export const sqlNameOf = (output: string): string => `${output}.sql`;

/** Every name that an output may put files under, beside each other; the first is its own. */
export function namesOf(output: string): string[] {
  return [output, sqlNameOf(output), afterRestorePath(output), checklistPath(output)];
}

/** Throws UsageError when two inputs would write one output. */
export function nameOutputs(inputs: readonly BatchInput[], format: OutputFormat): NamedInput[] {
  const taken = new Map<string, BatchInput>();
  return inputs.map((input) => {
    const output = outputNameOf(input.name, format);
    for (const name of namesOf(output)) {
      const other = taken.get(name);
      if (other !== undefined) {
        throw new UsageError(
          `${other.path} and ${input.path} would both be written to ${name}. ` +
            'Name a folder that both are in with --base, or upgrade them in two batches with different --out-dir.',
        );
      }
      taken.set(name, input);
    }
    return { ...input, output };
  });
}
