/** Patterns of file names, as a shell reads them: `*`, `?`, `[a-z]`, `{old,new}` and `**` for any depth. */
import { Minimatch } from 'minimatch';

export interface GlobPattern {
  /** The folder before the first special character; `.` when there is none. With slashes. */
  readonly base: string;
  /** Tells whether a path relative to `base`, with slashes, fits. Names that begin with a dot match only a dot. */
  matches(relativePath: string): boolean;
  /** Whether something in this folder, or deeper, can fit: other folders need not be looked into. */
  mayContain(relativePath: string): boolean;
}

/** Undefined when the text holds no special character. On Windows a backslash separates folders; elsewhere it escapes. */
export function parseGlob(text: string, platform: NodeJS.Platform = process.platform): GlobPattern | undefined {
  const isWindows = platform === 'win32';
  const pattern = new Minimatch(text, {
    platform: isWindows ? 'win32' : 'linux',
    windowsPathsNoEscape: isWindows,
    // As the file systems of Windows compare names.
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

/** The parts without special characters that all alternatives begin with. The last part names files. */
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
  // `/` and `C:/` need the slash that ends them.
  return rest.length === 0 && /^(?:[A-Za-z]:)?$/.test(first) ? `${first}/` : parts.join('/');
}
