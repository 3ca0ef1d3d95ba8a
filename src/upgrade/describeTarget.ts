/** Describes a target for people: `0.13`, `0.15 (preview, as of July 2026)`. */

import { formatMonth } from '../core/format.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import { texts } from './texts.js';

export const describeTarget = ({ name, preview }: Target): string =>
  preview === undefined ? name : texts().previewTarget({ name, asOf: formatMonth(preview) });
