/** What a report comes to. */
export interface Verdict {
  readonly severity: 'good' | 'warning' | 'error';
  /** One sentence. */
  readonly text: string;
}
