/**
 * Parses an ordinary command line with what Node has built in: loading yargs takes about as long as upgrading a small backup.
 * Whatever is not plain (help, a command's name, a mistake) is left to yargs, the one place that explains options.
 */
import { parseArgs } from 'node:util';

/** The part of an option of yargs that matters here. */
export interface PlainOption {
  readonly type: 'string' | 'boolean' | 'number';
  readonly alias?: string;
  readonly array?: boolean;
  readonly choices?: readonly string[];
  readonly default?: unknown;
}

export interface PlainArguments {
  readonly positionals: readonly string[];
  /** By name in camelCase; what was not given and has no default is absent. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** What yargs would make of the arguments; undefined when it should say so itself. */
export function quickParse(
  args: readonly string[],
  options: Readonly<Record<string, PlainOption>>,
): PlainArguments | undefined {
  if (args.includes('--')) return undefined;
  const parsed = tryParse(args, options);
  if (parsed === undefined) return undefined;
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    const given = parsed.values[name];
    if (given === undefined) {
      if (option.default !== undefined) values[camelCase(name)] = option.default;
      continue;
    }
    const value = option.type === 'number' ? Number(given) : given;
    if ([given].flat().includes('') || Number.isNaN(value)) return undefined;
    if (option.choices !== undefined && !option.choices.includes(String(value))) return undefined;
    values[camelCase(name)] = value;
  }
  return { positionals: parsed.positionals, values };
}

interface RawArguments {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
}

function tryParse(args: readonly string[], options: Readonly<Record<string, PlainOption>>): RawArguments | undefined {
  const config = Object.entries(options).map(([name, { type, alias, array = false }]) => {
    const kind: 'boolean' | 'string' = type === 'boolean' ? 'boolean' : 'string';
    return [name, { type: kind, multiple: array, ...(alias === undefined ? {} : { short: alias }) }] as const;
  });
  try {
    return parseArgs({ args: [...args], options: Object.fromEntries(config), allowPositionals: true });
  } catch {
    return undefined;
  }
}

const camelCase = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
