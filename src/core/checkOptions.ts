/** Checks the options that programs pass to the library: the compiler protects only callers in TypeScript. */
import { UsageError } from './errors.js';

/** The rule for an option. `undefined` always means the default. */
export interface OptionRule {
  /** Completes "must be": `a text`. */
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
}

export const TEXT: OptionRule = { what: 'a text', fits: (value) => typeof value === 'string' };
export const TEXTS: OptionRule = {
  what: 'an array of texts',
  fits: (value) => Array.isArray(value) && value.every(TEXT.fits),
};
export const FLAG: OptionRule = { what: 'true or false', fits: (value) => typeof value === 'boolean' };
export const COUNT: OptionRule = {
  what: 'a whole number from 1',
  fits: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
};
export const FUNCTION: OptionRule = { what: 'a function', fits: (value) => typeof value === 'function' };
/** By what it does, not by class: a program may bring a stream or a signal of its own. */
export const SIGNAL: OptionRule = {
  what: 'an AbortSignal',
  fits: (value) => isObject(value) && 'aborted' in value && 'addEventListener' in value,
};
export const STREAM: OptionRule = { what: 'a stream', fits: (value) => isObject(value) && 'pipe' in value };
export const PATH: OptionRule = { what: 'a path', fits: (value) => typeof value === 'string' && value !== '' };
export const PATH_OR_STREAM: OptionRule = {
  what: 'a path or a stream',
  fits: (value) => PATH.fits(value) || STREAM.fits(value) || (isObject(value) && 'write' in value),
};
export const OBJECT: OptionRule = { what: 'an object', fits: (value) => isObject(value) && !Array.isArray(value) };

export const oneOf = (values: readonly string[]): OptionRule => ({
  what: `one of ${values.join(', ')}`,
  fits: (value) => typeof value === 'string' && values.includes(value),
});

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** One rule for each option. */
export type OptionRules<Options> = Readonly<Record<keyof Required<Options>, OptionRule>>;

/** Throws UsageError for an option that there is not, or that is something else. `call`: whose options they are. */
export function checkOptions<Options extends object>(
  call: string,
  options: Options,
  rules: OptionRules<Options>,
): void {
  checkArgument(call, 'options', options, OBJECT);
  const known = new Map<string, OptionRule>(Object.entries(rules));
  for (const [name, value] of Object.entries(options)) {
    const rule = known.get(name);
    if (rule === undefined) {
      throw new UsageError(`${call} has no option ${JSON.stringify(name)}. It has ${[...known.keys()].join(', ')}.`);
    }
    if (value !== undefined) checkArgument(call, name, value, rule);
  }
}

/** The value itself is not shown: it may be a password. */
export function checkArgument(call: string, name: string, value: unknown, rule: OptionRule): void {
  if (rule.fits(value)) return;
  const found = rule === COUNT && typeof value === 'number' ? String(value) : describe(value);
  throw new UsageError(`${call}: ${name} must be ${rule.what}, not ${found}.`);
}

/** Short words are names of engines and the like, and say most. */
function describe(value: unknown): string {
  if (typeof value === 'string' && /^[\w.-]{1,20}$/.test(value)) return JSON.stringify(value);
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}
