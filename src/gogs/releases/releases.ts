/** All releases of Gogs that changed something for a backup, oldest first. A new release is a new file, and a line here. */
import type { Release } from './Release.js';
import { RELEASES_0_9 } from './v0_9.js';
import { RELEASES_0_10 } from './v0_10.js';
import { RELEASES_0_11 } from './v0_11.js';
import { RELEASES_0_12 } from './v0_12.js';
import { RELEASES_0_13 } from './v0_13.js';
import { RELEASES_0_14 } from './v0_14.js';
import { RELEASES_0_15 } from './v0_15.js';

export const RELEASES = [
  ...RELEASES_0_9,
  ...RELEASES_0_10,
  ...RELEASES_0_11,
  ...RELEASES_0_12,
  ...RELEASES_0_13,
  ...RELEASES_0_14,
  ...RELEASES_0_15,
] as const satisfies readonly Release[];
