/** Formats the failures of a verification as one paragraph. */

import type { Finding } from '../../core/findings.js';
import { itemized, statements } from '../../core/language.js';
import { texts } from '../texts.js';

export const formatProblems = (findings: readonly Finding[]): string =>
  statements(
    findings
      .filter(({ severity }) => severity === 'error')
      .map(({ title, count, examples }) => {
        if (examples.length === 0) return title;
        const [places, more] = [itemized(examples), count - examples.length];
        return texts().titleAt({ title, places: more > 0 ? texts().andMore({ places, count: more }) : places });
      }),
  );
