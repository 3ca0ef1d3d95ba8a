/** Words errors and warnings so that they name the archive and the entry. */

import { InputError } from '../../core/errors.js';
import { texts } from './texts.js';
import { quoteName, type ZipEntry } from './ZipEntry.js';

/** A non-fatal oddity of the archive. */
export interface ZipWarning {
  /**
   * `case-collision`: on a file system that ignores case, one of two entries overwrites the other. `unlisted-bytes`: bytes that
   * belong to no entry, left behind by an editor or hidden; they are not copied. `unknown-encoding`: a name that is not UTF-8
   * and whose encoding is not stated; it is copied byte by byte.
   */
  readonly code: 'case-collision' | 'unlisted-bytes' | 'unknown-encoding';
  /** A sentence that names the place. */
  readonly message: string;
}

export class ZipReporter {
  /** The name of the archive in messages. */
  readonly path: string;
  readonly #onWarning: ((warning: ZipWarning) => void) | undefined;

  constructor(path: string, onWarning: ((warning: ZipWarning) => void) | undefined) {
    this.path = path;
    this.#onWarning = onWarning;
  }

  /** `found`: what was found, as the end of a sentence. */
  archiveError(found: string, remedy = texts().remedies.damaged): InputError {
    return new InputError(texts().cannotRead({ path: this.path, found, remedy }));
  }

  entryError(entry: ZipEntry, found: string, remedy = texts().remedies.damaged): InputError {
    return new InputError(texts().cannotReadEntry({ path: this.path, entry: quoteName(entry.name), found, remedy }));
  }

  /** For code that needs the content of an encrypted entry. */
  encryptedError(entry: ZipEntry): InputError {
    return this.entryError(entry, texts().found.encrypted, texts().remedies.decrypt);
  }

  warnOfArchive(code: ZipWarning['code'], found: string): void {
    this.#onWarning?.({ code, message: texts().warning({ path: this.path, found }) });
  }

  warnOfEntry(code: ZipWarning['code'], entry: ZipEntry, found: string): void {
    this.#onWarning?.({
      code,
      message: texts().entryWarning({ path: this.path, entry: quoteName(entry.name), found }),
    });
  }
}
