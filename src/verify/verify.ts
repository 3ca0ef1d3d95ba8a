/**
 * Proves that an output is what it should be. Reads a backup as the target's restore does, inserts its rows into a real
 * database, and compares the result with what is expected. Restores nothing, and writes only to scratch databases of its own.
 */
import { access, constants, open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { checkArgument, checkOptions, PATH_OR_STREAM } from '../core/checkOptions.js';
import { standardInput } from '../core/standardInput.js';
import { explainSystemError, inputError } from '../core/systemErrors.js';
import { afterRestorePath } from '../files/companionPaths.js';
import { readFully } from '../files/readFully.js';
import { TemporaryFolder } from '../files/TemporaryFolder.js';
import { GOGS } from '../gogs/gogsHistory.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { type LocalInput, localInput } from '../inputs/localInput.js';
import type { Source } from '../inputs/Source.js';
import type { VerifyReport } from '../reports/VerifyReport.js';
import { verifyArchive } from './archive/verifyArchive.js';
import { openComparedInput } from './expected/openComparedInput.js';
import { ReplannedInput } from './expected/ReplannedInput.js';
import { refuseInstallPath } from './refuseInstallPath.js';
import { type AnyVerifyOptions, VERIFY_RULES, type VerifyOptions } from './VerifyOptions.js';

/**
 * `archive` is a path or a stream; the SQL to load after the restore is looked for beside a path. Resolves even if the
 * verification fails: see `holds` and `findings`. Throws InputError if the archive or the input cannot be opened, and
 * UsageError if the database is not available.
 */
export async function verify(archive: string | Readable, options: VerifyOptions = {}): Promise<VerifyReport> {
  return verifyWith(GOGS, archive, options);
}

/** Like `verify`, with another list of releases. */
export async function verifyWith(
  history: GogsHistory,
  archive: string | Readable,
  options: AnyVerifyOptions,
): Promise<VerifyReport> {
  checkArgument('verify', 'archive', archive, PATH_OR_STREAM);
  checkOptions('verify', options, VERIFY_RULES);
  const temporary = new TemporaryFolder(options.tempdir);
  let source: Source | undefined;
  try {
    const output = await localInput(archive, { temporary, signal: options.signal });
    await mustBeReadable(output);
    if (!(await isZip(output.path))) {
      const { verifyOther } = await import('./verifyOther.js');
      return await verifyOther(output, { ...options, history, temporary });
    }
    refuseInstallPath(output, options);
    const { against } = options;
    if (against !== undefined) source = await openComparedInput(against, { ...options, history, temporary });
    const input = source && new ReplannedInput(source, options);
    // A stream has no files beside it.
    const afterRestoreSql = typeof archive === 'string' ? afterRestorePath(archive) : undefined;
    return await verifyArchive({
      ...options,
      history,
      to: options.to === undefined ? undefined : history.targetNamed(options.to),
      archive: output.name,
      path: output.path,
      afterRestoreSql,
      input,
      contents: true,
      temporary,
    });
  } catch (error) {
    throw explainSystemError(typeof archive === 'string' ? archive : standardInput(), error);
  } finally {
    await source?.close();
    await temporary.remove();
  }
}

async function isZip(path: string): Promise<boolean> {
  if ((await stat(path)).isDirectory()) return false;
  const file = await open(path);
  try {
    return (await readFully(file, 0, 2)).toString('latin1') === 'PK';
  } finally {
    await file.close();
  }
}

async function mustBeReadable({ name, path }: LocalInput): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    throw inputError(name, error);
  }
}
