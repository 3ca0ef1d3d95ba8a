/** Chooses the Gogs that a database is verified for, if the user names none. */

import type { Notice } from '../core/findings.js';
import { listed } from '../core/language.js';
import type { GogsHistory, Target } from '../gogs/releases/foldReleases.js';
import { originOf } from '../inputs/identify.js';
import type { Source } from '../inputs/Source.js';
import { information } from './notices.js';
import { texts } from './texts.js';

export interface ChooseTargetOptions {
  readonly history: GogsHistory;
  readonly notice: (notice: Notice) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * The only target with the schema version that table `version` states. If several have it, a finding says which one is taken. If
 * none has it, the default target: the verification then fails, because the versions differ.
 */
export async function chooseTarget(output: Source, { history, notice, signal }: ChooseTargetOptions): Promise<Target> {
  const { defaultTarget, targets } = history;
  const { schema, schemaIsStated } = await originOf(output, history, signal);
  const fitting = schemaIsStated ? targets.filter((target) => target.schema === schema) : [];
  const target = fitting.includes(defaultTarget) ? defaultTarget : (fitting[0] ?? defaultTarget);
  if (fitting.length > 1) {
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
