/**
 * `-` on the command line is standard input or output. yargs takes a lone `-` for an option without a name and loses it, so it
 * is given a stand-in that no path can be.
 */
const STAND_IN = '\0';

export const hideDashes = (args: readonly string[]): string[] => args.map((arg) => (arg === '-' ? STAND_IN : arg));

/** For `coerce` of every option and argument that takes a path. */
export const dashOf = (text: string): string => (text === STAND_IN ? '-' : text);
