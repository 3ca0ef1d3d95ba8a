/** Whatever a command prints would change an input that standard output or standard error is appended to: `2>> old.zip`. */
import { realpathSync } from 'node:fs';
import { OutputError } from '../core/errors.js';
import { identityOfOpenFile } from './identityOf.js';
import { texts } from './texts.js';

type StandardOutput = 'stdout' | 'stderr';

const DESCRIPTORS: readonly (readonly [StandardOutput, number])[] = [
  ['stdout', 1],
  ['stderr', 2],
];

/** Nothing may be printed to these streams, not even this error. */
export class OutputIsInputError extends OutputError {
  readonly streams: readonly StandardOutput[];

  constructor(streams: readonly StandardOutput[]) {
    const [stream = 'stdout'] = streams;
    super(texts().outputIsInput[stream]);
    this.streams = streams;
  }
}

/** Throws OutputIsInputError. `isInput` gets the identity of a file and, on Linux, its real path. */
export function refuseStandardOutputs(isInput: (identity: string, place: string) => boolean): void {
  const refused = DESCRIPTORS.filter(([, descriptor]) => {
    const identity = identityOfOpenFile(descriptor);
    return identity !== undefined && isInput(identity, placeOf(descriptor));
  });
  if (refused.length > 0) throw new OutputIsInputError(refused.map(([stream]) => stream));
}

function placeOf(descriptor: number): string {
  try {
    return realpathSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return '';
  }
}
