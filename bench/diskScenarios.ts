/** What is measured of server folders and database files. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { makeArchive, usualTables } from './archives.js';
import { type Contender, inRoot, TOOL } from './contenders.js';
import { countFiles, makeBackupOfRepositories, makeFolderOfRepositories } from './repositories.js';
import type { Scenario, Sizes } from './Scenario.js';

const PROGRAM = inRoot('bin/gogs-backup-upgrade.js');
const SAMPLE = inRoot('samples/gogs-0.12.3-sqlite3.zip');

const tool = (name: string, output: string, ...options: string[]): Contender => ({
  ...TOOL,
  name: `${TOOL.name}, ${name}`,
  output,
  check: async () => undefined,
  command: (input, to) => [...TOOL.command(input, to), '--engine', 'sqlite3', ...options],
});

const shell = (name: string, output: string, needs: readonly string[], script: string): Contender => ({
  name,
  needs: [...needs, 'sh'],
  output,
  command: (input, to) => ['sh', '-c', script, 'sh', input, to],
});

/** Both flush, as the tool does. */
const UNZIP = shell(
  'unzip of repositories.zip, and a flush',
  'output',
  ['unzip'],
  'unzip -q "$(dirname "$1")/repositories.zip" -d "$2" && sync -f "$2"',
);
const ZIP = shell(
  'zip -r -6 of the repositories, and a flush',
  'output.zip',
  ['zip'],
  'cd "$1" && zip -q -r -6 "$2" gogs-repositories && sync -f "$2"',
);
/** The tool's part of it that is compared with a dump, which upgrades nothing. */
const READ: Contender = {
  name: 'the reader of the tool, alone',
  needs: [],
  command: (input, output) => [process.execPath, inRoot('build/bench/contenders/readDatabase.js'), input, output],
};
const DUMP = shell('sqlite3 .dump', 'output.sql', ['sqlite3'], 'sqlite3 "$1" .dump > "$2"');
/** What becoming a database adds to this is writing it, which is compared with loading SQL. */
const INSPECT: Contender = {
  name: 'gogs-backup-upgrade inspect, which only reads and checks',
  needs: [],
  command: (input) => [process.execPath, PROGRAM, 'inspect', input, '--engine', 'sqlite3', '--quiet'],
};
const BY_SQL = shell(
  'gogs-backup-upgrade, to SQL, and sqlite3',
  'output.db',
  ['sqlite3'],
  `"${process.execPath}" "${PROGRAM}" "$1" "$2.sql" --engine sqlite3 --no-checklist --quiet && sqlite3 -bail "$2" < "$2.sql" && rm "$2.sql"`,
);
const LOAD = shell('sqlite3, loading SQL', 'output.db', ['sqlite3'], 'sqlite3 -bail "$2" < "$1.sql"');

export function diskScenarios({ entries, dumpMegabytes }: Sizes): Scenario[] {
  const backupOfTables = async (folder: string): Promise<string> => {
    const path = join(folder, 'input.zip');
    // Issues have numbers that must be unique in a repository; random ones are not.
    const { Issue, ...tableBytes } = usualTables(dumpMegabytes * 1e6);
    await makeArchive({ path, sample: SAMPLE, style: '0.12', tableBytes });
    return path;
  };
  const upgraded = (input: string, output: string): void => {
    const [program = '', ...args] = TOOL.command(input, output);
    execFileSync(program, [...args, '--engine', 'sqlite3', '--no-checklist']);
  };
  return [
    {
      name: 'unpack',
      about: `A backup with ${entries} small files in its repositories becomes the folder of a server.`,
      makeInput: async (folder) => {
        const path = join(folder, 'input.zip');
        await makeBackupOfRepositories(path, SAMPLE, entries);
        return path;
      },
      contenders: [
        { ...tool('to a folder', 'output', '--layout', 'binary'), check: (_, output) => countFiles(output, entries) },
        { ...UNZIP, check: (_, output) => countFiles(output, entries) },
      ],
    },
    {
      name: 'pack',
      about: `The folder of a server with ${entries} small files in its repositories becomes a backup.`,
      makeInput: async (folder) => {
        const path = join(folder, 'input');
        await makeFolderOfRepositories(path, SAMPLE, entries);
        return path;
      },
      contenders: [tool('to a backup', 'output.zip'), ZIP],
    },
    {
      name: 'database-in',
      about: `An SQLite database of ${dumpMegabytes} MB of JSON Lines is read, and becomes SQL.`,
      makeInput: async (folder) => {
        const path = join(folder, 'input.db');
        upgraded(await backupOfTables(folder), path);
        return path;
      },
      contenders: [READ, DUMP, tool('to SQL', 'output.sql')],
    },
    {
      name: 'database-out',
      about: `A backup of ${dumpMegabytes} MB of JSON Lines becomes an SQLite database; sqlite3 loads the SQL of the same.`,
      makeInput: async (folder) => {
        const path = await backupOfTables(folder);
        upgraded(path, `${path}.sql`);
        return path;
      },
      contenders: [tool('to a database', 'output.db'), INSPECT, LOAD, BY_SQL],
    },
  ];
}
