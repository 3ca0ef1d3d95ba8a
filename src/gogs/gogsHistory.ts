/** The history of the real releases of Gogs, and the targets among them. */
import { foldReleases } from './releases/foldReleases.js';
import { RELEASES } from './releases/releases.js';

type Targets = Extract<(typeof RELEASES)[number], { readonly target: unknown }>['target'];

/** The values of `--to`. */
export type TargetName = Targets['name'];

const TARGETS: readonly Targets[] = RELEASES.flatMap((release) => ('target' in release ? [release.target] : []));

/** Oldest first. */
export const TARGET_NAMES: readonly TargetName[] = TARGETS.map(({ name }) => name);

/** The target if none is given. */
export const DEFAULT_TARGET: TargetName = TARGETS.find((target) => 'isDefault' in target)?.name ?? '0.13';

export const GOGS = foldReleases(RELEASES);
