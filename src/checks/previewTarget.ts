/** A target that is not released yet: every report says so. */
import type { Danger } from './Check.js';

export const PREVIEW_TARGET: Danger = {
  code: 'preview-target',
  severity: 'warning',
  title: 'The target is not released yet',
  consequence: 'What is known of it may change until it is: an output for it may not restore on the release.',
  remedy: 'Use it to try the version out. For a server that is in use choose a target that is released.',
  needsHand: false,
  source: 'branch main of Gogs as of July 2026 (0.15.0+dev)',
};
