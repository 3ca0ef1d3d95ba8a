/** The overall result of a report. */
export interface Verdict {
  readonly severity: 'good' | 'warning' | 'error';
  /** One sentence. */
  readonly text: string;
}
