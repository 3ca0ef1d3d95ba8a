/** What does not hold, in one paragraph. */
import type { Finding } from '../core/findings.js';

export const formatProblems = (findings: readonly Finding[]): string =>
  findings
    .filter(({ severity }) => severity === 'error')
    .map(({ title, count, examples }) => {
      const more = count > examples.length && examples.length > 0 ? `; and ${count - examples.length} more` : '';
      return examples.length === 0 ? title : `${title} (${examples.join('; ')}${more})`;
    })
    .join('. ');
