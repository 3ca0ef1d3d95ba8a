/** The first line of an SQL script that an upgrade writes. It names the Gogs that the script is for. */
import type { Engine } from '../engines/Engine.js';
import type { GogsHistory, Target } from '../gogs/releases/foldReleases.js';

/** A comment without its `--`. The same in every language, because `verify` reads it. */
export const sqlHeading = ({ name }: Target, engine: Engine): string =>
  `The database of a Gogs ${name} server, for ${engine}. Load it into an empty database.`;

const HEADING = /^-- The database of a Gogs (\S+) server, for /;

/** The target in the heading of a script; undefined if the script has none, or for a Gogs that is not a target. */
export function targetInHeading(opening: string, { targets }: GogsHistory): Target | undefined {
  const named = HEADING.exec(opening)?.[1];
  return targets.find(({ name }) => name === named);
}
