/** What is measured: an archive, and who gets it. */
import { fileURLToPath } from 'node:url';
import { type ArchivePlan, usualTables } from './archives.js';
import {
  COPY,
  type Contender,
  JQ,
  JQ_UPDATE,
  NODE_ALONE,
  PYTHON,
  SEVEN_ZIP,
  TOOL,
  ZIP_UPDATE_ONE,
  ZLIB_ALONE,
} from './contenders.js';
import type { Style } from './randomRows.js';

export interface Sizes {
  readonly megabytes: number;
  readonly tableMegabytes: number;
  readonly entries: number;
  readonly rows: number;
}

export interface Scenario {
  readonly name: string;
  /** Printed above its figures. */
  readonly about: string;
  readonly plan: Omit<ArchivePlan, 'path'>;
  readonly contenders: readonly Contender[];
  /** Not measured unless it is named. */
  readonly onRequest?: boolean;
}

const sampleOf = (style: Style): string => {
  const file = style === '0.10' ? 'gogs-0.10.18-sqlite3.zip' : 'gogs-0.12.3-sqlite3.zip';
  return fileURLToPath(new URL(`../../samples/${file}`, import.meta.url));
};

export function scenarios({ megabytes, tableMegabytes, entries, rows }: Sizes): Scenario[] {
  const from = (style: Style): { sample: string; style: Style } => ({ sample: sampleOf(style), style });
  const bytes = megabytes * 1e6;
  const archive = (style: Style): Omit<ArchivePlan, 'path'> => ({
    ...from(style),
    tableBytes: usualTables(bytes * 0.05),
    fileBytes: bytes * 0.95,
  });
  const linear = [1, 10, 100, 1000].map((part): Scenario => {
    const count = Math.round((rows * part) / 1000);
    const plan = { ...from('0.12'), tableRows: { IssueUser: count } };
    return {
      name: `rows-${count}`,
      about: `${count} rows of IssueUser, all of which change.`,
      plan,
      contenders: [TOOL],
    };
  });
  return [
    {
      name: 'sample',
      about: 'The smallest sample, start to finish.',
      plan: from('0.12'),
      contenders: [TOOL, NODE_ALONE, PYTHON, JQ_UPDATE],
    },
    {
      name: 'archive',
      about: `${megabytes} MB, 5 % of it tables; of 0.12, so that only small tables change.`,
      plan: archive('0.12'),
      contenders: [TOOL, COPY, JQ_UPDATE, JQ, SEVEN_ZIP, PYTHON],
    },
    {
      name: 'old-archive',
      about: `${megabytes} MB, 5 % of it tables; of 0.10, so that every row changes.`,
      plan: archive('0.10'),
      contenders: [TOOL, COPY, JQ_UPDATE],
    },
    {
      name: 'tables',
      about: `${tableMegabytes} MB of JSON Lines of 0.10: every row changes.`,
      plan: { ...from('0.10'), tableBytes: usualTables(tableMegabytes * 1e6) },
      contenders: [TOOL, ZLIB_ALONE, JQ_UPDATE, PYTHON],
    },
    {
      name: 'unchanged-tables',
      about: `${tableMegabytes} MB of JSON Lines of 0.12: read and checked, but not one row changes.`,
      plan: { ...from('0.12'), tableBytes: usualTables(tableMegabytes * 1e6) },
      contenders: [TOOL, ZLIB_ALONE],
    },
    {
      name: 'entries',
      about: `${entries} small files.`,
      plan: { ...from('0.12'), smallFiles: entries },
      contenders: [TOOL, ZIP_UPDATE_ONE, PYTHON],
    },
    ...linear,
    {
      name: 'million-entries',
      about: 'A million small files.',
      plan: { ...from('0.12'), smallFiles: 1_000_000 },
      contenders: [TOOL],
      onRequest: true,
    },
    {
      name: 'huge-archive',
      about: '20 GB of files.',
      plan: { ...from('0.12'), fileBytes: 20e9 },
      contenders: [TOOL],
      onRequest: true,
    },
    {
      name: 'huge-table',
      about: '50 million rows of IssueUser, all of which change.',
      plan: { ...from('0.12'), tableRows: { IssueUser: 50_000_000 }, level: 1 },
      contenders: [TOOL],
      onRequest: true,
    },
  ];
}
