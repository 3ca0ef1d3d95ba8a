/** The SQL scenarios: reading dumps, writing scripts, loading scripts. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { makeArchive, usualTables } from './archives.js';
import { checkUpgradedDump } from './checkTokens.js';
import { COPY, type Contender, inRoot, TOOL } from './contenders.js';
import { checkRows } from './countRows.js';
import { makeDump } from './dumps.js';
import { LOADERS, singleRowsOf } from './loaders.js';
import { SHARES } from './randomRows.js';
import type { Scenario, Sizes } from './Scenario.js';
import { writeSingleRows } from './singleRows.js';

const SAMPLE_DUMP = inRoot('tests/fixtures/0.12.3-mysql/native.sql');
const SAMPLE_BACKUP = inRoot('samples/gogs-0.12.3-sqlite3.zip');

const UPGRADE_DUMP: Contender = { ...TOOL, check: checkUpgradedDump };
const UPGRADE_DUMP_TO_SQL: Contender = {
  ...UPGRADE_DUMP,
  name: 'gogs-backup-upgrade, to SQL',
  output: 'output.sql',
};

/** The limit for a typical one-liner. */
const PERL: Contender = {
  name: 'perl over the dump, to SQL',
  needs: ['perl'],
  output: 'output.sql',
  check: checkUpgradedDump,
  command: (input, output) => ['perl', inRoot('bench/contenders/rewrite.pl'), input, output],
};

/** The limit for tools that read line by line. */
const SED: Contender = {
  name: 'sed, one replacement',
  needs: ['sed', 'sh'],
  output: 'output.sql',
  command: (input, output) => [
    'sh',
    '-c',
    `sed 's/^) ENGINE=MyISAM/) ENGINE=InnoDB/' "$1" > "$2"`,
    'sh',
    input,
    output,
  ],
};

const NODE_SQL_PARSER: Contender = {
  name: 'node-sql-parser, parsing only',
  needs: [],
  output: 'counts.json',
  check: checkRows,
  command: (input, output) => [process.execPath, inRoot('build/bench/contenders/nodeSqlParser.js'), input, output],
};

const writes = (engine: string): Contender => ({
  ...TOOL,
  name: `${TOOL.name}, to ${engine}`,
  output: 'output.sql',
  check: checkRows,
  command: (input, output) => [...TOOL.command(input, output), '--engine', engine],
});

/** The limit for writing out tables. */
const UNZIP: Contender = {
  name: 'unzip -p of the tables',
  needs: ['unzip', 'sh'],
  command: (input, output) => ['sh', '-c', `unzip -p "$1" 'gogs-backup/db/*' > "$2"`, 'sh', input, output],
};

const dumpOf =
  (megabytes: number) =>
  async (folder: string): Promise<string> => {
    const path = join(folder, 'input.sql');
    await makeDump({ path, sample: SAMPLE_DUMP, tableBytes: usualTables(megabytes * 1e6) });
    return path;
  };

export function sqlScenarios({ dumpMegabytes, parserMegabytes, loadRows }: Sizes): Scenario[] {
  return [
    {
      name: 'sql-in',
      about: `A dump of MariaDB, ${dumpMegabytes} MB, of 0.12.`,
      makeInput: dumpOf(dumpMegabytes),
      contenders: [UPGRADE_DUMP, UPGRADE_DUMP_TO_SQL, PERL, SED, COPY],
    },
    {
      name: 'sql-parser',
      about: `The same, ${parserMegabytes} MB: more would take node-sql-parser minutes. The start of Node is in it.`,
      makeInput: dumpOf(parserMegabytes),
      contenders: [UPGRADE_DUMP, NODE_SQL_PARSER],
    },
    {
      name: 'sql-out',
      about: `A backup of 0.12, ${dumpMegabytes} MB of JSON Lines, becomes SQL.`,
      makeInput: (folder) => makeBackup(folder, dumpMegabytes),
      contenders: [writes('mysql'), writes('postgres'), writes('sqlite3'), UNZIP],
    },
    {
      name: 'copy-in',
      about: `The same as COPY data of PostgreSQL becomes SQL again.`,
      makeInput: async (folder) =>
        upgradeTo(join(folder, 'input.sql'), await makeBackup(folder, dumpMegabytes), 'postgres'),
      contenders: [writes('postgres'), SED],
    },
    ...LOADERS.map(
      ({ engine, contenders }): Scenario => ({
        name: `load-${engine}`,
        about: `${loadRows} rows and a sample's into an empty database, with the engine's own client.`,
        makeInput: async (folder) => makeScript(folder, engine, loadRows),
        contenders,
      }),
    ),
  ];
}

async function makeBackup(folder: string, megabytes: number): Promise<string> {
  const path = join(folder, 'backup.zip');
  await makeArchive({ path, sample: SAMPLE_BACKUP, style: '0.12', tableBytes: usualTables(megabytes * 1e6) });
  return path;
}

/** Runs the tool; returns the path of the script. */
function upgradeTo(script: string, backup: string, engine: string): string {
  const [program = '', ...args] = writes(engine).command(backup, script);
  execFileSync(program, args);
  return script;
}

/** A script of the tool, and its rows one by one beside it. */
async function makeScript(folder: string, engine: string, rows: number): Promise<string> {
  const [backup, script] = [join(folder, 'input.zip'), join(folder, 'input.sql')];
  const types = Object.keys(SHARES);
  const tableRows = Object.fromEntries(types.map((type) => [type, Math.round(rows / types.length)]));
  await makeArchive({ path: backup, sample: SAMPLE_BACKUP, style: '0.12', tableRows });
  upgradeTo(script, backup, engine);
  await writeSingleRows(script, singleRowsOf(script));
  return script;
}
