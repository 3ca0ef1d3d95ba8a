/** Every command, in the order of the help page. */
import type { Command } from '../Command.js';
import { batchCommand } from './batch.js';
import { completionOf } from './completion.js';
import { inspectCommand } from './inspect.js';
import { upgradeCommand } from './upgrade.js';
import { verifyCommand } from './verify.js';

const WORKING: readonly Command[] = [upgradeCommand, inspectCommand, verifyCommand, batchCommand];

export const COMMANDS: readonly Command[] = [...WORKING, completionOf(WORKING)];
