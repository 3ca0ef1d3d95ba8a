/** Gives each input of a batch the name of its output. */

import { UsageError } from '../core/errors.js';
import type { OutputFormat } from '../core/outputFormats.js';
import { afterRestorePath, checklistPath } from '../files/companionPaths.js';
import type { BatchInput } from './findInputs.js';
import { texts } from './texts.js';

export interface NamedInput extends BatchInput {
  /** Relative to the output folder, with slashes. */
  readonly output: string;
}

/** The endings of output names. */
const ENDINGS: Readonly<Record<OutputFormat, string>> = {
  zip: '.zip',
  sql: '.sql',
  csv: '.csv',
  sqlite: '.db',
  files: '.gogs',
};

/**
 * Depends only on the input's name, so that the next batch finds the outputs of the last. A suitable ending is kept, otherwise
 * one is appended: `a.zip` stays `a.zip`, and `a.sql` becomes `a.sql.zip`.
 */
export function outputNameOf(name: string, format: OutputFormat): string {
  const ending = ENDINGS[format];
  return name.toLowerCase().endsWith(ending) ? name : `${name}${ending}`;
}

/** The SQL that accompanies an output: `a.zip.sql`. */
export const sqlNameOf = (output: string): string => `${output}.sql`;

/** All names in one folder under which an output may write files; the first is the output itself. */
export function namesOf(output: string): string[] {
  return [output, sqlNameOf(output), afterRestorePath(output), checklistPath(output)];
}

/** Throws UsageError if two inputs would write the same output. */
export function nameOutputs(inputs: readonly BatchInput[], format: OutputFormat): NamedInput[] {
  const taken = new Map<string, BatchInput>();
  return inputs.map((input) => {
    const output = outputNameOf(input.name, format);
    for (const name of namesOf(output)) {
      const other = taken.get(name);
      if (other !== undefined) {
        throw new UsageError(texts().sameOutput({ one: other.path, two: input.path, output: name }));
      }
      taken.set(name, input);
    }
    return { ...input, output };
  });
}
