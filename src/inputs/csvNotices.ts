/** Findings about what CSV files leave open. */
import { danger } from '../core/danger.js';
import type { Notice } from '../core/findings.js';
import { describeDoubt } from '../formats/csv/describeDoubt.js';
import type { CsvFile } from '../formats/csv/readCsvRows.js';
import { texts } from './texts.js';

const UNCLEAR_CSV = danger({
  code: 'unclear-csv',
  severity: 'warning',
  words: () => texts().csv.unclear,
  needsHand: true,
  source: 'exports of MySQL, PostgreSQL, SQLite and their graphical clients, compared',
});

export function csvNotices({ name, doubts }: CsvFile): Notice[] {
  return doubts.map((doubt) => ({ ...UNCLEAR_CSV, place: () => describeDoubt(name, doubt) }));
}
