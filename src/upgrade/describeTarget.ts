/** A target in the words of a document: `0.13`, `0.15 (preview, as of July 2026)`. */
import type { Target } from '../gogs/releases/foldReleases.js';

export const describeTarget = ({ name, preview }: Target): string =>
  preview === undefined ? name : `${name} (preview, as of ${preview})`;
