/** Loads the drivers of database servers, which are optional packages. */

import { createRequire } from 'node:module';
import { UsageError } from '../../core/errors.js';
import { errorCode, reasonOf } from '../../core/systemErrors.js';
import { TOOL } from '../../core/tool.js';
import { texts } from '../texts.js';
import type { ServerAddress } from './ScratchEngine.js';

/** Both drivers are CommonJS, and `require` also works in a single executable, where it looks in `node_modules` beside it. */
const requireInstalled = createRequire(import.meta.url);

/** `Driver`: the type of the package's exports. Throws UsageError if it is not installed. */
export function importDriver<Driver>(name: string): Driver {
  try {
    return requireInstalled(name) as Driver;
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new UsageError(texts().scratch.noPackage({ name, tool: TOOL.name }), { cause: error });
  }
}

/** Names the address without its password, and the error of the server or the system. */
export function cannotConnect(product: string, { host, port }: ServerAddress, error: unknown): string {
  const address = port === undefined ? host : `${host}:${port}`;
  return texts().scratch.cannotConnect({ product, address, reason: reasonOf(error) });
}
