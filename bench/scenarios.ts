/** The scenarios: an input, and its contenders. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ArchivePlan, makeArchive, usualTables } from './archives.js';
import { batchScenarios } from './batchScenarios.js';
import { COPY, JQ, JQ_UPDATE, NODE_ALONE, PYTHON, SEVEN_ZIP, TOOL, ZIP_UPDATE_ONE, ZLIB_ALONE } from './contenders.js';
import { diskScenarios } from './diskScenarios.js';
import type { Style } from './randomRows.js';
import type { Scenario, Sizes } from './Scenario.js';
import { sqlScenarios } from './sqlScenarios.js';
import { verifyScenarios } from './verifyScenarios.js';

const archiveOf =
  (plan: Omit<ArchivePlan, 'path'>) =>
  async (folder: string): Promise<string> => {
    const path = join(folder, 'input.zip');
    await makeArchive({ ...plan, path });
    return path;
  };

const sampleOf = (style: Style): string => {
  const file = style === '0.10' ? 'gogs-0.10.18-sqlite3.zip' : 'gogs-0.12.3-sqlite3.zip';
  return fileURLToPath(new URL(`../../samples/${file}`, import.meta.url));
};

export function scenarios(sizes: Sizes): Scenario[] {
  const { megabytes, tableMegabytes, entries, rows } = sizes;
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
      makeInput: archiveOf(plan),
      contenders: [TOOL],
    };
  });
  return [
    {
      name: 'sample',
      about: 'The smallest sample, start to finish.',
      makeInput: async (folder) => {
        const path = join(folder, 'input.zip');
        await copyFile(sampleOf('0.12'), path);
        return path;
      },
      contenders: [TOOL, NODE_ALONE, PYTHON, JQ_UPDATE],
    },
    {
      name: 'archive',
      about: `${megabytes} MB, 5 % of it tables; of 0.12, so that only small tables change.`,
      makeInput: archiveOf(archive('0.12')),
      contenders: [TOOL, COPY, JQ_UPDATE, JQ, SEVEN_ZIP, PYTHON],
    },
    {
      name: 'old-archive',
      about: `${megabytes} MB, 5 % of it tables; of 0.10, so that every row changes.`,
      makeInput: archiveOf(archive('0.10')),
      contenders: [TOOL, COPY, JQ_UPDATE],
    },
    {
      name: 'tables',
      about: `${tableMegabytes} MB of JSON Lines of 0.10: every row changes.`,
      makeInput: archiveOf({ ...from('0.10'), tableBytes: usualTables(tableMegabytes * 1e6) }),
      contenders: [TOOL, ZLIB_ALONE, JQ_UPDATE, PYTHON],
    },
    {
      name: 'unchanged-tables',
      about: `${tableMegabytes} MB of JSON Lines of 0.12: read and checked, but not one row changes.`,
      makeInput: archiveOf({ ...from('0.12'), tableBytes: usualTables(tableMegabytes * 1e6) }),
      contenders: [TOOL, ZLIB_ALONE],
    },
    {
      name: 'entries',
      about: `${entries} small files.`,
      makeInput: archiveOf({ ...from('0.12'), smallFiles: entries }),
      contenders: [TOOL, ZIP_UPDATE_ONE, PYTHON],
    },
    ...linear,
    ...sqlScenarios(sizes),
    ...verifyScenarios(sizes),
    ...diskScenarios(sizes),
    ...batchScenarios(sizes),
    {
      name: 'million-entries',
      about: 'A million small files.',
      makeInput: archiveOf({ ...from('0.12'), smallFiles: 1_000_000 }),
      contenders: [TOOL],
      onRequest: true,
    },
    {
      name: 'huge-archive',
      about: '20 GB of files.',
      makeInput: archiveOf({ ...from('0.12'), fileBytes: 20e9 }),
      contenders: [TOOL],
      onRequest: true,
    },
    {
      name: 'huge-table',
      about: '50 million rows of IssueUser, all of which change.',
      makeInput: archiveOf({ ...from('0.12'), tableRows: { IssueUser: 50_000_000 }, level: 1 }),
      contenders: [TOOL],
      onRequest: true,
    },
  ];
}
