/** The engines' own clients, each with a separate database for the duration of a scenario. */
import { execFileSync } from 'node:child_process';
import type { Engine } from '../src/engines/Engine.js';
import type { Contender } from './contenders.js';
import { compareCounts, countRows, type RowCounts } from './countRows.js';

interface Client {
  readonly engine: Engine;
  readonly program: string;
  readonly reaches?: readonly string[];
  readonly create: () => void;
  readonly remove: () => void;
  /** Loads a script; `output` is the database if it is a file. */
  readonly load: (script: string, output: string) => readonly string[];
  /** The result of a query, with columns separated by `|` or a tab. */
  readonly ask: (query: string, output: string) => string;
}

const DATABASE = `gbu_bench_${process.pid}`;

function run(command: readonly string[]): string {
  const [program = '', ...args] = command;
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const MARIADB = ['mariadb', '--host=127.0.0.1', '--user=root'];
const PSQL = ['psql', '--host=127.0.0.1', '--username=postgres', '--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1'];

const CLIENTS: readonly Client[] = [
  {
    engine: 'mysql',
    program: 'mariadb',
    reaches: [...MARIADB, '-e', 'SELECT 1'],
    create: () => {
      run([...MARIADB, '-e', `DROP DATABASE IF EXISTS ${DATABASE}; CREATE DATABASE ${DATABASE} CHARACTER SET utf8mb4`]);
    },
    remove: () => void run([...MARIADB, '-e', `DROP DATABASE IF EXISTS ${DATABASE}`]),
    load: (script) => ['sh', '-c', `${MARIADB.join(' ')} ${DATABASE} < "$1"`, 'sh', script],
    ask: (query) => run([...MARIADB, '--skip-column-names', '--batch', DATABASE, '-e', query]),
  },
  {
    engine: 'postgres',
    program: 'psql',
    reaches: [...PSQL, '-c', 'SELECT 1'],
    create: () => {
      run([...PSQL, '-c', `DROP DATABASE IF EXISTS ${DATABASE}`]);
      run([...PSQL, '-c', `CREATE DATABASE ${DATABASE} ENCODING 'UTF8' TEMPLATE template0`]);
    },
    remove: () => void run([...PSQL, '-c', `DROP DATABASE IF EXISTS ${DATABASE}`]),
    load: (script) => [...PSQL, '-d', DATABASE, '-f', script],
    ask: (query) => run([...PSQL, '--tuples-only', '--no-align', '-d', DATABASE, '-c', query]),
  },
  {
    engine: 'sqlite3',
    program: 'sqlite3',
    create: () => {},
    remove: () => {},
    load: (script, output) => ['sh', '-c', 'sqlite3 -bail "$2" < "$1"', 'sh', script, output],
    ask: (query, output) => run(['sqlite3', output, query]),
  },
];

/** The file beside a script that contains its rows one by one. */
export const singleRowsOf = (script: string): string => `${script}.single`;

/** For each engine: the tool's script, and the same rows one by one. */
export const LOADERS: readonly { readonly engine: Engine; readonly contenders: readonly Contender[] }[] = CLIENTS.map(
  (client) => ({
    engine: client.engine,
    contenders: [
      loader(client, 'what the tool wrote', (script) => script),
      loader(client, 'an INSERT a row, each committed', singleRowsOf),
    ],
  }),
);

function loader(client: Client, what: string, scriptOf: (input: string) => string): Contender {
  return {
    name: `${client.program}: ${what}`,
    needs: [client.program],
    ...(client.reaches === undefined ? {} : { reaches: client.reaches }),
    output: 'output.db',
    before: client.create,
    after: client.remove,
    command: (input, output) => client.load(scriptOf(input), output),
    check: async (input, output) => {
      const expected = await countRows(input);
      compareCounts(expected, loadedRows(client, expected, output), client.program);
    },
  };
}

function loadedRows(client: Client, expected: RowCounts, output: string): RowCounts {
  const quote = client.engine === 'mysql' ? '`' : '"';
  const counts = [...expected.keys()].map((table) => `SELECT '${table}', COUNT(*) FROM ${quote}${table}${quote}`);
  const lines = client.ask(counts.join(' UNION ALL '), output).trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [table = '', rows] = line.split(/[|\t]/);
      return [table, Number(rows)];
    }),
  );
}
