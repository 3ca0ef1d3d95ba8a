import type { CsvDoubt } from './detectCsvFormat.js';
import { texts } from './texts.js';

/** `notice.csv, line 3: …` */
export function describeDoubt(name: string, { line, kind }: CsvDoubt): string {
  const { doubtAt, doubts } = texts();
  return doubtAt({ name, line, doubt: doubts[kind] });
}
