import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import yargs from 'yargs';
import { quickParse } from '../../src/cli/quickParse.js';

const OPTIONS = {
  to: { type: 'string', choices: ['0.13', '0.14'], default: '0.13' },
  sql: { type: 'string', requiresArg: true },
  set: { type: 'string', array: true, nargs: 1, requiresArg: true },
  'keep-config': { type: 'boolean' },
  'max-row-bytes': { type: 'number', requiresArg: true },
  quiet: { type: 'boolean', alias: 'q' },
} as const;

/** What yargs makes of the arguments; undefined when it complains. */
function withYargs(args: readonly string[]): { positionals: unknown[]; values: Record<string, unknown> } | undefined {
  let failed = false;
  const parsed = yargs([...args])
    .command('$0 <input> <output>', 'test', (command) =>
      command.positional('input', { type: 'string' }).positional('output', { type: 'string' }),
    )
    .options(OPTIONS)
    .strict()
    .parserConfiguration({ 'duplicate-arguments-array': false })
    .exitProcess(false)
    .help(false)
    .version(false)
    .fail(() => {
      failed = true;
    })
    .parseSync() as Record<string, unknown>;
  if (failed) return undefined;
  const { _, $0, input, output, ...values } = parsed;
  const camel = Object.entries(values).filter(
    ([name, value]) => !name.includes('-') && name !== 'q' && value !== undefined,
  );
  return { positionals: [input, output], values: Object.fromEntries(camel) };
}

/** Without `-`, which yargs takes for the empty text; nor does it keep all of a list when repetitions replace each other. */
const words = fc.constantFrom(
  'in.zip',
  'out.zip',
  './a b',
  '12',
  '--to',
  '--to=0.14',
  '0.14',
  '0.15',
  '--sql',
  '--sql=x',
  '--set',
  '--set=a.B=c',
  'a.B=c',
  '--keep-config',
  '--keepConfig',
  '--no-quiet',
  '--quiet',
  '--quiet=false',
  '-q',
  '-qq',
  '-x',
  '--max-row-bytes',
  '--max-row-bytes=1e3',
  '1000',
  '--unknown',
  '--',
  '',
  '--help',
);

describe('a plain command line', () => {
  test('means what yargs says, or is left to yargs', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 6 }), (args) => {
        const quick = quickParse(args, OPTIONS);
        const repeats = args.filter((word) => word.startsWith('--set')).length > 1;
        if (quick?.positionals.length === 2 && !repeats) expect([args, { ...quick }]).toEqual([args, withYargs(args)]);
      }),
      { numRuns: 1500 },
    );
  });

  test.each([
    [['in.zip', 'out.zip'], { to: '0.13' }],
    [['in.zip', 'out.zip', '--to', '0.14', '-q'], { to: '0.14', quiet: true }],
    [['--set', 'a.B=1', 'in.zip', '--set=c.D=2', 'out.zip'], { to: '0.13', set: ['a.B=1', 'c.D=2'] }],
    [
      ['in.zip', 'out.zip', '--keep-config', '--max-row-bytes', '10'],
      { to: '0.13', keepConfig: true, maxRowBytes: 10 },
    ],
  ])('is parsed without yargs: %j', (args, values) => {
    expect(quickParse(args, OPTIONS)).toEqual({ positionals: ['in.zip', 'out.zip'], values });
  });

  test.each([
    [['--help']],
    [['in.zip', 'out.zip', '--too', '0.14']],
    [['--to', '0.15']],
    [['--max-row-bytes', 'many']],
  ])('is left to yargs when it has something to explain: %j', (args) => {
    expect(quickParse(args, OPTIONS)).toBeUndefined();
  });
});
