/** A command as data, from which its parser, its help, shell completion and the man page are built. */
import type { InferredOptionTypes, Options } from 'yargs';

/** A positional argument. */
export interface Argument {
  readonly describe: () => string;
  /** All possible values; undefined for a path. */
  readonly choices?: readonly string[];
  /** Accepts any number of values, including none. Only for the last argument. */
  readonly many?: true;
}

/** An option in the form that yargs takes, without texts, because their language is only known when they are shown. */
export interface CommandOption extends Omit<Options, 'describe' | 'group' | 'choices'> {
  readonly describe: () => string;
  /** All possible values. */
  readonly choices?: readonly string[];
  /** The heading above it in the help. */
  readonly group?: () => string;
  /** The name of its value, if there are no choices: `NUMBER`. Shells complete `FILE` and `FOLDER`. */
  readonly value?: string;
}

/** `[what it does, arguments after the program's name]` */
export type Example = readonly [does: () => string, args: string];

export type ArgumentValues<A extends Readonly<Record<string, Argument>>> = {
  readonly [Name in keyof A]: A[Name] extends { readonly many: true } ? readonly string[] : string;
};

type CamelCase<Name> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Name;

type Values<O> = InferredOptionTypes<{ [Name in keyof O]: Omit<O[Name], 'describe' | 'group'> }>;

export type OptionValues<O extends Readonly<Record<string, CommandOption>>> = {
  readonly [Name in keyof Values<O> as CamelCase<Name>]: Values<O>[Name];
};

export interface Command<
  A extends Readonly<Record<string, Argument>> = Readonly<Record<string, Argument>>,
  O extends Readonly<Record<string, CommandOption>> = Readonly<Record<string, CommandOption>>,
> {
  readonly name: string;
  /** Runs if no command is named. */
  readonly isDefault?: true;
  /** The description in a list of commands. */
  readonly brief: () => string;
  /** The description on its own help page. */
  readonly summary: () => string;
  readonly arguments: A;
  /** By name on the command line. */
  readonly options: O;
  readonly examples: readonly Example[];
  /** Exit codes of the command, besides 0, 1, 2 and 130. */
  readonly exitCodes: readonly number[];
  /** Names of options are in camelCase. Rejects with an error that explains the failure. */
  run(args: ArgumentValues<A>, options: OptionValues<O>, signal: AbortSignal): Promise<void>;
}

/** Gives `run` the types of the command's own arguments and options. */
export const defineCommand = <
  const A extends Readonly<Record<string, Argument>>,
  const O extends Readonly<Record<string, CommandOption>>,
>(
  command: Command<A, O>,
): Command<A, O> => command;
