/**
 * Gogs' version numbers: `0.10.18.0313` (a build suffix, up to 0.11), `0.12.0+dev`, `0.13.0-rc.1`, `0.13.0`.
 */

export interface GogsVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** `rc.1` and the like; empty for a release. */
  readonly prerelease: string;
}

/** Cached, because the same few versions are compared for every column of every table. */
const parsed = new Map<string, GogsVersion | undefined>();
const MOST_KEPT = 1000;

/** Undefined if the text is not a version. */
export function parseVersion(text: string): GogsVersion | undefined {
  if (parsed.has(text)) return parsed.get(text);
  if (parsed.size >= MOST_KEPT) parsed.clear();
  const version = parse(text);
  parsed.set(text, version);
  return version;
}

function parse(text: string): GogsVersion | undefined {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.\d+)?(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, major, minor = '0', patch = '0', prerelease = ''] = match;
  return { major: Number(major), minor: Number(minor), patch: Number(patch), prerelease };
}

/** Negative if `a` is older than `b`; a prerelease is older than its release, and build suffixes are ignored. */
export function compareVersions(a: string, b: string): number {
  const x = parseVersion(a);
  const y = parseVersion(b);
  if (x === undefined || y === undefined) throw new RangeError(`no version: ${x === undefined ? a : b}`);
  const byNumber = x.major - y.major || x.minor - y.minor || x.patch - y.patch;
  if (byNumber !== 0 || x.prerelease === y.prerelease) return byNumber;
  if (x.prerelease === '' || y.prerelease === '') return x.prerelease === '' ? 1 : -1;
  return x.prerelease < y.prerelease ? -1 : 1;
}
