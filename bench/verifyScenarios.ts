/** The scenarios of verify and inspect: how long they take beside the upgrade of the same backup. */
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { makeArchive, usualTables } from './archives.js';
import { type Contender, inRoot, TOOL } from './contenders.js';
import type { Style } from './randomRows.js';
import type { Scenario, Sizes } from './Scenario.js';

const SAMPLES: Readonly<Record<Style, string>> = {
  '0.10': inRoot('samples/gogs-0.10.18-sqlite3.zip'),
  '0.12': inRoot('samples/gogs-0.12.3-sqlite3.zip'),
};

const upgradedBeside = (input: string): string => join(dirname(input), 'upgraded.zip');

const runs = (name: string, argumentsFor: (input: string) => readonly string[]): Contender => ({
  ...{ name: `${TOOL.name} ${name}`, needs: [] },
  command: (input) => [process.execPath, inRoot('bin/gogs-backup-upgrade.js'), ...argumentsFor(input), '--quiet'],
});

const CONTENDERS: readonly Contender[] = [
  TOOL,
  runs('verify', (input) => ['verify', upgradedBeside(input)]),
  runs('verify --against', (input) => ['verify', upgradedBeside(input), '--against', input]),
  runs('inspect', (input) => ['inspect', input]),
];

export function verifyScenarios({ dumpMegabytes }: Sizes): Scenario[] {
  const scenario = (name: string, style: Style, rows: string): Scenario => ({
    name,
    about: `${dumpMegabytes} MB of JSON Lines of ${style}, ${rows}: upgraded, verified and inspected.`,
    makeInput: async (folder) => {
      const path = join(folder, 'input.zip');
      await makeArchive({ path, sample: SAMPLES[style], style, tableBytes: usualTables(dumpMegabytes * 1e6) });
      const [program = '', ...args] = TOOL.command(path, upgradedBeside(path));
      execFileSync(program, args);
      return path;
    },
    contenders: CONTENDERS,
  });
  return [
    scenario('verify', '0.12', 'of which no row changes'),
    scenario('verify-old', '0.10', 'of which every row changes'),
  ];
}
