/** The shell of a server; the paths in app.ini show its system. */
import type { Shell } from '../../core/shellWord.js';
import { type Facts, isWindowsPath } from './facts.js';

export const shellOf = ({ facts }: { readonly facts: Facts | undefined }): Shell =>
  facts?.paths.some(({ value }) => isWindowsPath(value)) === true ? 'powershell' : 'posix';
