/** The name and version of this tool. */
import { readFileSync } from 'node:fs';

interface PackageFile {
  readonly name: string;
  readonly version: string;
}

/** Replaced by the bundler; see packaging/bundle.ts. */
declare const PACKAGE_NAME: string;
declare const PACKAGE_VERSION: string;

const { name, version } =
  typeof PACKAGE_NAME === 'undefined' ? readPackageFile() : { name: PACKAGE_NAME, version: PACKAGE_VERSION };

/** The name and version of this tool. */
export const TOOL: { readonly name: string; readonly version: string } = { name, version };

function readPackageFile(): PackageFile {
  return JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as PackageFile;
}
