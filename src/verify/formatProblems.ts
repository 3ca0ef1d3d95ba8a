/** Formats the failures of a verification as one paragraph. */
import type { Finding } from '../core/findings.js';
import { texts } from './texts.js';

export const formatProblems = (findings: readonly Finding[]): string =>
  findings
    .filter(({ severity }) => severity === 'error')
    .map(({ title, count, examples }) => {
      if (examples.length === 0) return title;
      const [places, more] = [examples.join('; '), count - examples.length];
      return `${title} (${more > 0 ? texts().andMore({ places, count: more }) : places})`;
    })
    .join('. ');
