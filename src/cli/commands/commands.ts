/** Every command, in the order of the help page. */
import type { Command } from '../Command.js';
import { batchCommand } from './batchCommand.js';
import { completionOf } from './completionOf.js';
import { inspectCommand } from './inspectCommand.js';
import { upgradeCommand } from './upgradeCommand.js';
import { verifyCommand } from './verifyCommand.js';

const WORKING: readonly Command[] = [upgradeCommand, inspectCommand, verifyCommand, batchCommand];

export const COMMANDS: readonly Command[] = [...WORKING, completionOf(WORKING)];
