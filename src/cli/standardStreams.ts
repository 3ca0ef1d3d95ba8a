/**
 * `-` on the command line is standard input or output, and what stands behind `--` is no option. yargs loses both where
 * arguments have names, so it is given words that begin with a sign that no path can hold.
 */
const MARK = '\0';

export function hideDashes(args: readonly string[]): string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const hide = (arg: string): string => (arg.startsWith('-') ? `${MARK}${arg}` : arg);
  return [...args.slice(0, end).map((arg) => (arg === '-' ? hide(arg) : arg)), ...args.slice(end + 1).map(hide)];
}

/** For every value that comes from the command line. */
export function showDashes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(showDashes);
  return typeof value === 'string' && value.startsWith(MARK) ? value.slice(MARK.length) : value;
}
