/** Describes unreleased targets for the help. */
import { formatMonth } from '../core/format.js';
import { GOGS } from '../gogs/gogsHistory.js';
import { texts } from './texts.js';

/** `; 0.15 is a preview, as of July 2026` */
export const previews = (): string =>
  GOGS.targets
    .flatMap(({ name, preview }) =>
      preview === undefined ? [] : [texts().options.preview({ name, asOf: formatMonth(preview) })],
    )
    .join('');
