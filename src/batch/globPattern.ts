/** Patterns of file names: `*`, `?`, `[a-z]`, `{old,new}` and `**` for any depth. Names that begin with a dot match only a dot. */

export interface GlobPattern {
  /** The folder before the first special sign; `.` when there is none. */
  readonly base: string;
  /** Tells whether a path relative to `base`, with slashes, fits. */
  matches(relativePath: string): boolean;
}

const SPECIAL = /[*?[{]/;
/** At the beginning of a name, a dot is not matched by a sign that stands for anything. */
const NO_DOT = '(?!\\.)';

/** Undefined when the text holds no special sign. */
export function parseGlob(text: string): GlobPattern | undefined {
  const segments = text.split('/');
  const first = segments.findIndex((segment) => SPECIAL.test(segment));
  if (first === -1) return undefined;
  const base = segments.slice(0, first).join('/');
  const rest = segments.slice(first);
  const expression = new RegExp(
    `^${rest.map((segment, i) => segmentSource(segment, i === rest.length - 1)).join('')}$`,
  );
  return {
    base: base === '' ? (text.startsWith('/') ? '/' : '.') : base,
    matches: (relativePath) => expression.test(relativePath),
  };
}

function segmentSource(segment: string, isLast: boolean): string {
  if (segment === '**') return isLast ? `(?:${NO_DOT}[^/]+/)*${NO_DOT}[^/]+` : `(?:${NO_DOT}[^/]+/)*`;
  const guard = /^[*?[]/.test(segment) ? NO_DOT : '';
  return `${guard}${nameSource(segment)}${isLast ? '' : '/'}`;
}

function nameSource(segment: string): string {
  let source = '';
  let depth = 0;
  for (let i = 0; i < segment.length; i++) {
    const sign = segment[i] as string;
    const set = sign === '[' ? /^\[([!^]?)([^\]/]+)\]/.exec(segment.slice(i)) : null;
    if (set !== null) {
      const [whole, negation, signs = ''] = set;
      source += `[${negation === '' ? '' : '^/'}${signs.replace(/[\\^]/g, '\\$&')}]`;
      i += whole.length - 1;
    } else if (sign === '*') source += '[^/]*';
    else if (sign === '?') source += '[^/]';
    else if (sign === '{' && segment.indexOf('}', i) > i) {
      source += '(?:';
      depth++;
    } else if (sign === '}' && depth > 0) {
      source += ')';
      depth--;
    } else if (sign === ',' && depth > 0) source += '|';
    else source += sign.replace(/[.+^$()|\\[\]{}]/, '\\$&');
  }
  return source;
}
