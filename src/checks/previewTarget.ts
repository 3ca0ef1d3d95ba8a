/** Reports that the target is not released yet. */
import { danger } from '../core/danger.js';
import { texts } from './texts.js';

export const PREVIEW_TARGET = danger({
  code: 'preview-target',
  severity: 'warning',
  words: () => texts().previewTarget,
  needsHand: false,
  source: 'branch main of Gogs as of July 2026 (0.15.0+dev)',
});
