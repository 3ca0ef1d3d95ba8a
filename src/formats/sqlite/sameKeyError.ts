import { InputError } from '../../core/errors.js';
import { texts } from './texts.js';

/** For rows with the same key: no release of Gogs has a place for both. `columns`: as SQLite names them, `user.lower_name`. */
export function sameKeyError(columns: string, cause?: unknown): InputError {
  return new InputError(texts().sameKey({ columns }), { cause });
}
