/** Chooses the Gogs that a database is verified for. */

import type { Notice } from '../../core/findings.js';
import { listed } from '../../core/language.js';
import type { GogsHistory, Target } from '../../gogs/releases/foldReleases.js';
import { originOf } from '../../inputs/identify.js';
import type { Source } from '../../inputs/Source.js';
import { targetInHeading } from '../../outputs/sqlHeading.js';
import { failure, information } from '../findings/notices.js';
import { texts } from '../texts.js';
import { OutputDefinitions } from './OutputDefinitions.js';

export interface ChooseTargetOptions {
  /** The user's choice. */
  readonly to: Target | undefined;
  readonly history: GogsHistory;
  readonly notice: (notice: Notice) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * The user's choice, compared with the release that an SQL script names in its first line. Without a choice, that release;
 * without either, the only target with the schema version in table `version` and with the definitions of the tables. If several
 * have both, a finding says which one is assumed. If none has them, the default target: the verification then fails.
 */
export async function chooseTarget(
  output: Source,
  { to, history, notice, signal }: ChooseTargetOptions,
): Promise<Target> {
  const stated = targetInHeading((await output.opening?.()) ?? '', history);
  if (to !== undefined && stated !== undefined && to !== stated) {
    const { title, consequence, remedy } = texts().otherTarget;
    const [release, other] = [to.name, stated.name];
    notice(
      failure('other-target', {
        title: title({ release, stated: other }),
        consequence,
        remedy: remedy({ release, stated: other }),
      }),
    );
  }
  const chosen = to ?? stated;
  if (chosen !== undefined) return chosen;
  const { defaultTarget, targets } = history;
  const { schema, schemaIsStated } = await originOf(output, history, signal);
  const withSchema = schemaIsStated ? targets.filter((target) => target.schema === schema) : [];
  const definitions = await OutputDefinitions.read(output);
  const asDefined = withSchema.filter((target) => definitions.differencesFrom(target).length === 0);
  const fitting = asDefined.length === 0 ? withSchema : asDefined;
  const target = fitting.includes(defaultTarget) ? defaultTarget : (fitting[0] ?? defaultTarget);
  if (asDefined.length > 1) {
    const { title, consequence, remedy } = texts().targetAssumed;
    const releases = listed(fitting.map(({ name }) => name));
    notice(
      information('target-assumed', {
        title: title({ release: target.name }),
        consequence: consequence({ schema, releases }),
        remedy,
      }),
    );
  }
  return target;
}
