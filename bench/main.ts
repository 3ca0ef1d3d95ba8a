/**
 * `npm run bench`: creates archives of any size from a sample, runs each contender on the same input in turn, several times,
 * checks the results, and prints medians, ratios and peak memory. Everything is in one temporary folder, which is removed.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Contender, missing } from './contenders.js';
import { HAS_GNU_TIME, type Measurement, measure, median } from './measure.js';
import type { Scenario } from './Scenario.js';
import { scenarios } from './scenarios.js';

const USAGE = `npm run bench -- [options] [scenario ...]
  --runs N              of each contender (5)
  --megabytes N         of the archives with files (1000)
  --table-megabytes N   of the archives of tables (1000)
  --entries N           of the archive of many files (100000)
  --batch-inputs N      of the batches of backups (500)
  --rows N              of the largest of four tables of growing size (10000000)
  --dump-megabytes N    of the SQL dump (200)
  --parser-megabytes N  of the SQL dump that node-sql-parser reads as well (4)
  --load-rows N         of what is loaded into databases, row by row as well (5000)
  --only NAME           this contender only (repeatable)
  --folder PATH         where the archives are made (the system's temporary folder)
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '5' },
    megabytes: { type: 'string', default: '1000' },
    'table-megabytes': { type: 'string', default: '1000' },
    entries: { type: 'string', default: '100000' },
    'batch-inputs': { type: 'string', default: '500' },
    rows: { type: 'string', default: '10000000' },
    'dump-megabytes': { type: 'string', default: '200' },
    'parser-megabytes': { type: 'string', default: '4' },
    'load-rows': { type: 'string', default: '5000' },
    only: { type: 'string', multiple: true },
    folder: { type: 'string', default: tmpdir() },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

async function main(): Promise<void> {
  const all = scenarios({
    megabytes: Number(values.megabytes),
    tableMegabytes: Number(values['table-megabytes']),
    entries: Number(values.entries),
    batchInputs: Number(values['batch-inputs']),
    rows: Number(values.rows),
    dumpMegabytes: Number(values['dump-megabytes']),
    parserMegabytes: Number(values['parser-megabytes']),
    loadRows: Number(values['load-rows']),
  });
  if (values.help) {
    process.stdout.write(
      `${USAGE}Scenarios:\n${all.map(({ name, about }) => `  ${name.padEnd(20)} ${about}\n`).join('')}`,
    );
    return;
  }
  const chosen = all.filter(({ name, onRequest = false }) =>
    positionals.length === 0 ? !onRequest : positionals.some((wish) => name.startsWith(wish)),
  );
  const [cpu] = cpus();
  process.stdout.write(`Node ${process.version}, ${cpus().length} × ${cpu?.model ?? 'unknown processor'}\n`);
  if (!HAS_GNU_TIME) process.stdout.write('GNU time is not installed: no processor time, no memory.\n');
  const folder = await mkdtemp(join(values.folder, 'gogs-backup-upgrade-bench-'));
  const stop = new AbortController();
  // A terminal interrupts the contender too, so its run fails and the folder is removed.
  process.once('SIGINT', () => stop.abort(new Error('interrupted')));
  try {
    for (const scenario of chosen) await run(scenario, folder, stop.signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(
  { name, about, makeInput, contenders }: Scenario,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  process.stdout.write(`\n${name}: ${about}\n`);
  const present = contenders.filter((contender) => {
    if (values.only !== undefined && !values.only.includes(contender.name)) return false;
    const lacks = missing(contender);
    if (lacks.length > 0) process.stdout.write(`  left out: ${contender.name} (no ${lacks.join(', ')} here)\n`);
    return lacks.length === 0;
  });
  if (present.length === 0) return;
  const inputs = join(folder, 'input');
  await mkdir(inputs);
  const input = await makeInput(inputs);
  const results = new Map<Contender, Measurement[]>(present.map((contender) => [contender, []]));
  // In turn, and each round starts with a different contender, so that disturbances of the machine affect all of them.
  try {
    for (let round = 0; round < Number(values.runs); round++) {
      for (let turn = 0; turn < present.length; turn++) {
        signal.throwIfAborted();
        const contender = present[(round + turn) % present.length] as Contender;
        const place = join(folder, 'run');
        await rm(place, { recursive: true, force: true });
        await mkdir(place);
        const output = join(place, contender.output ?? 'output.zip');
        contender.before?.();
        results.get(contender)?.push(await measure(contender.command(input, output), place));
        if (round === 0) await contender.check?.(input, output);
        await rm(place, { recursive: true, force: true });
      }
    }
  } finally {
    for (const contender of present) contender.after?.();
  }
  print(results, contenders[0]);
  await rm(inputs, { recursive: true });
}

/** Ratios are relative to the scenario's first contender. */
function print(results: ReadonlyMap<Contender, readonly Measurement[]>, first: Contender | undefined): void {
  const own = first === undefined ? undefined : results.get(first);
  process.stdout.write(
    `  ${'seconds'.padStart(9)} ${'(min–max)'.padStart(15)} ${'CPU s'.padStart(7)} ${'MB'.padStart(6)}  ratio\n`,
  );
  for (const [contender, runs] of results) {
    const seconds = runs.map((run) => run.seconds);
    // Pair by pair, so that a slow phase of the machine affects both.
    const ratio =
      own === undefined ? undefined : median(seconds.map((value, i) => value / (own[i]?.seconds ?? Number.NaN)));
    const cpu = median(runs.map((run) => run.cpuSeconds ?? Number.NaN));
    const peak = Math.max(...runs.map((run) => run.peakMegabytes ?? Number.NaN));
    const span = `(${Math.min(...seconds).toFixed(2)}–${Math.max(...seconds).toFixed(2)})`;
    const figures = [median(seconds).toFixed(2).padStart(9), span.padStart(15), cpu.toFixed(2).padStart(7)];
    process.stdout.write(
      `  ${figures.join(' ')} ${peak.toFixed(0).padStart(6)}  ${ratio === undefined ? '' : ratio.toFixed(2).padStart(5)}  ${contender.name}\n`,
    );
  }
}

await main();
