/** The programs that are compared, and their commands. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { checkUpgrade } from './checkUpgrade.js';

export interface Contender {
  readonly name: string;
  /** Programs it needs. If one is missing, the contender is left out with a message. */
  readonly needs: readonly string[];
  /** A command that must succeed, such as a query to a server; otherwise the contender is left out. */
  readonly reaches?: readonly string[];
  /** The name of its output; `output.zip` by default. */
  readonly output?: string;
  /** Compares its output with the input, and throws if data is lost; limits have no check. */
  readonly check?: (input: string, output: string) => Promise<void>;
  readonly command: (input: string, output: string) => readonly string[];
  /** Runs before each run, and is not measured. */
  readonly before?: () => void;
  /** Runs after the last run: removes what is outside the folder. */
  readonly after?: () => void;
}

const root = new URL('../../', import.meta.url);
export const inRoot = (path: string): string => fileURLToPath(new URL(path, root));
const REWRITE_SH = inRoot('bench/contenders/rewrite.sh');

export const TOOL: Contender = {
  name: 'gogs-backup-upgrade',
  needs: [],
  check: checkUpgrade,
  command: (input, output) => [process.execPath, inRoot('bin/gogs-backup-upgrade.js'), '--quiet', input, output],
};

/** The limit for everything except tables: read once, written once, flushed, as the tool does. */
export const COPY: Contender = {
  name: 'cp and flush',
  needs: ['dd'],
  command: (input, output) => ['dd', `if=${input}`, `of=${output}`, 'bs=1M', 'conv=fsync', 'status=none'],
};

/** The limit for tables that change, at the tool's own level. */
export const ZLIB_ALONE: Contender = {
  name: 'zlib alone',
  needs: [],
  command: (input) => [process.execPath, inRoot('build/bench/contenders/zlibAlone.js'), input, '3'],
};

export const NODE_ALONE: Contender = {
  name: 'node, doing nothing',
  needs: [],
  command: () => [process.execPath, '-e', '0'],
};

const UPDATE_ONE = `d=$(mktemp -d "$2.XXXXXX") && cd "$d" && mkdir -p gogs-backup/db && cp "$1" "$2" &&
echo '{"ID":1,"Version":22}' > gogs-backup/db/Version.json && zip -q -u "$2" gogs-backup/db/Version.json`;

export const ZIP_UPDATE_ONE: Contender = {
  name: 'cp and zip -u of one entry',
  needs: ['zip', 'sh'],
  command: (input, output) => ['sh', '-c', UPDATE_ONE, 'sh', input, output],
};

export const PYTHON: Contender = {
  name: 'Python, zipfile and json',
  needs: ['python3'],
  check: checkUpgrade,
  command: (input, output) => ['python3', inRoot('bench/contenders/rewrite.py'), input, output],
};

export const JQ: Contender = {
  name: 'unzip, jq, zip',
  needs: ['unzip', 'jq', 'zip', 'sh'],
  check: checkUpgrade,
  command: (input, output) => ['sh', REWRITE_SH, 'all', input, output],
};

export const JQ_UPDATE: Contender = {
  name: 'unzip of tables, jq, zip -u',
  needs: ['unzip', 'jq', 'zip', 'sh'],
  check: checkUpgrade,
  command: (input, output) => ['sh', REWRITE_SH, 'update', input, output],
};

export const SEVEN_ZIP: Contender = {
  name: '7z x, jq, 7z a',
  needs: ['7z', 'jq', 'sh'],
  check: checkUpgrade,
  command: (input, output) => ['sh', REWRITE_SH, '7z', input, output],
};

/** What a contender needs but this machine lacks. */
export function missing({ needs, reaches }: Contender): string[] {
  const lacks = needs.filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0);
  const [program = '', ...args] = reaches ?? [];
  if (lacks.length === 0 && reaches !== undefined && spawnSync(program, args).status !== 0) lacks.push('server');
  return lacks;
}
