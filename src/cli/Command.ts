/** What a command is, as data: its parser, its help, the completion of shells and the man page are all made of it. */
import type { InferredOptionTypes, Options } from 'yargs';

/** An argument that is told by its place. */
export interface Argument {
  readonly describe: string;
  /** All that it can be. Undefined: a path. */
  readonly choices?: readonly string[];
  /** Takes any number, none included. Only for the last argument. */
  readonly many?: true;
}

/** An option as yargs takes it. */
export interface CommandOption extends Options {
  /** What its value is called where there are no choices: `NUMBER`. Shells complete `FILE` and `FOLDER`. */
  readonly value?: string;
}

/** `[what it does, arguments after the program's name]` */
export type Example = readonly [does: string, args: string];

export type ArgumentValues<A extends Readonly<Record<string, Argument>>> = {
  readonly [Name in keyof A]: A[Name] extends { readonly many: true } ? readonly string[] : string;
};

type CamelCase<Name> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Name;

export type OptionValues<O extends Readonly<Record<string, Options>>> = {
  readonly [Name in keyof InferredOptionTypes<O> as CamelCase<Name>]: InferredOptionTypes<O>[Name];
};

export interface Command<
  A extends Readonly<Record<string, Argument>> = Readonly<Record<string, Argument>>,
  O extends Readonly<Record<string, CommandOption>> = Readonly<Record<string, CommandOption>>,
> {
  readonly name: string;
  /** Runs when no command is named. */
  readonly isDefault?: true;
  /** In a list of commands. */
  readonly brief: string;
  /** On its own page. */
  readonly summary: string;
  readonly arguments: A;
  /** By their names on the command line. */
  readonly options: O;
  readonly examples: readonly Example[];
  /** Those that it can end with, besides 0, 1, 2 and 130. */
  readonly exitCodes: readonly number[];
  /** Names of options are in camelCase. Rejects with an error that says what is wrong. */
  run(args: ArgumentValues<A>, options: OptionValues<O>, signal: AbortSignal): Promise<void>;
}

/** Gives `run` the types of the command's own arguments and options. */
export const defineCommand = <
  const A extends Readonly<Record<string, Argument>>,
  const O extends Readonly<Record<string, CommandOption>>,
>(
  command: Command<A, O>,
): Command<A, O> => command;
