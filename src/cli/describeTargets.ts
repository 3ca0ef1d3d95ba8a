/** Describes unreleased targets for the help. */
import { formatMonth } from '../core/format.js';
import { GOGS } from '../gogs/gogsHistory.js';

/** `; 0.15 is a preview, as of July 2026` */
export const PREVIEWS = GOGS.targets
  .flatMap(({ name, preview }) =>
    preview === undefined ? [] : [`; ${name} is a preview, as of ${formatMonth(preview)}`],
  )
  .join('');
