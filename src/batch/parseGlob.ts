/** File name patterns with shell syntax: `*`, `?`, `[a-z]`, `{old,new}` and `**` for any depth. */
import { Minimatch } from 'minimatch';

export interface GlobPattern {
  /** The folder before the first special character; `.` if there is none. With slashes. */
  readonly base: string;
  /** Whether a path relative to `base`, with slashes, matches. Names with a leading dot match only an explicit dot. */
  matches(relativePath: string): boolean;
  /** Whether this folder can contain a match at any depth; other folders need not be read. */
  mayContain(relativePath: string): boolean;
}

/** Undefined if the text has no special characters. On Windows a backslash separates folders; elsewhere it escapes. */
export function parseGlob(text: string, platform: NodeJS.Platform = process.platform): GlobPattern | undefined {
  const isWindows = platform === 'win32';
  const pattern = new Minimatch(text, {
    platform: isWindows ? 'win32' : 'linux',
    windowsPathsNoEscape: isWindows,
    // Like the file systems of Windows.
    nocase: isWindows,
    nocaseMagicOnly: true,
    // Parentheses, `!` and `#` are common in names of backups.
    noext: true,
    nonegate: true,
    nocomment: true,
  });
  if (!pattern.hasMagic() && pattern.set.length < 2) return undefined;
  const base = commonFolders(pattern.set);
  const prefix = base.length === 0 ? '' : `${base.join('/')}/`;
  return {
    base: folderName(base),
    matches: (relativePath) => pattern.match(prefix + relativePath),
    mayContain: (relativePath) => pattern.match(prefix + relativePath, true),
  };
}

/** The leading parts without special characters that all alternatives share. The last part names files. */
function commonFolders(alternatives: Minimatch['set']): string[] {
  const common: string[] = [];
  const [first = []] = alternatives;
  for (const [index, part] of first.slice(0, -1).entries()) {
    if (typeof part !== 'string' || alternatives.some((other) => other[index] !== part || index === other.length - 1))
      break;
    common.push(part);
  }
  return common;
}

function folderName(parts: readonly string[]): string {
  const [first, ...rest] = parts;
  if (first === undefined) return '.';
  // `/` and `C:/` need their trailing slash.
  return rest.length === 0 && /^(?:[A-Za-z]:)?$/.test(first) ? `${first}/` : parts.join('/');
}
