/** Rejects `--install-path` for anything but server folders. */
import { UsageError } from '../core/errors.js';
import type { LocalInput } from '../inputs/localInput.js';
import { texts } from './texts.js';
import type { AnyVerifyOptions } from './VerifyOptions.js';

export function refuseInstallPath({ name }: LocalInput, { installPath }: AnyVerifyOptions): void {
  if (installPath === undefined) return;
  throw new UsageError(texts().installPathOf({ name }));
}
