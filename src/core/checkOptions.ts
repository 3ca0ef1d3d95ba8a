/** Checks the options that programs pass to the library, because the compiler only protects callers in TypeScript. */
import { UsageError } from './errors.js';
import { listed } from './language.js';
import { texts } from './texts.js';

/** The rule for an option. `undefined` always means the default. */
export interface OptionRule {
  /** Completes "must be": `a string`. */
  readonly what: () => string;
  readonly fits: (value: unknown) => boolean;
}

export const TEXT: OptionRule = { what: () => texts().options.aString, fits: (value) => typeof value === 'string' };
export const TEXTS: OptionRule = {
  what: () => texts().options.strings,
  fits: (value) => Array.isArray(value) && value.every(TEXT.fits),
};
export const FLAG: OptionRule = {
  what: () => texts().options.trueOrFalse,
  fits: (value) => typeof value === 'boolean',
};
export const COUNT: OptionRule = {
  what: () => texts().options.count,
  fits: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
};
export const FUNCTION: OptionRule = {
  what: () => texts().options.aFunction,
  fits: (value) => typeof value === 'function',
};
/** Checked by behaviour, not by class, because a program may bring its own stream or signal implementation. */
export const SIGNAL: OptionRule = {
  what: () => texts().options.signal,
  fits: (value) => isObject(value) && 'aborted' in value && 'addEventListener' in value,
};
export const STREAM: OptionRule = {
  what: () => texts().options.stream,
  fits: (value) => isObject(value) && 'pipe' in value,
};
export const PATH: OptionRule = {
  what: () => texts().options.path,
  fits: (value) => typeof value === 'string' && value !== '',
};
export const PATH_OR_STREAM: OptionRule = {
  what: () => texts().options.pathOrStream,
  fits: (value) => PATH.fits(value) || STREAM.fits(value) || (isObject(value) && 'write' in value),
};
export const OBJECT: OptionRule = {
  what: () => texts().options.object,
  fits: (value) => isObject(value) && !Array.isArray(value),
};

export const oneOf = (values: readonly string[]): OptionRule => ({
  what: () => texts().options.oneOf({ values: listed(values) }),
  fits: (value) => typeof value === 'string' && values.includes(value),
});

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** One rule for each option. */
export type OptionRules<Options> = Readonly<Record<keyof Required<Options>, OptionRule>>;

/** Throws UsageError for an unknown option or a wrong value. `call`: the function whose options they are. */
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
      throw new UsageError(texts().options.unknown({ call, name: JSON.stringify(name), known: listed(known.keys()) }));
    }
    if (value !== undefined) checkArgument(call, name, value, rule);
  }
}

/** Throws UsageError for a wrong argument. The value is not shown: it may be a password. */
export function checkArgument(call: string, name: string, value: unknown, rule: OptionRule): void {
  if (rule.fits(value)) return;
  const found = rule === COUNT && typeof value === 'number' ? String(value) : describe(value);
  throw new UsageError(texts().options.mustBe({ call, name, what: rule.what(), found }));
}

/** Short words are shown, because they are mostly misspelt names of engines and the like. */
function describe(value: unknown): string {
  if (typeof value === 'string' && /^[\w.-]{1,20}$/.test(value)) return JSON.stringify(value);
  const { anArray, ofType } = texts().options;
  return value === null ? 'null' : Array.isArray(value) ? anArray : ofType({ type: typeof value });
}
