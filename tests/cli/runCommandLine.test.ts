import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Command, defineCommand } from '../../src/cli/Command.js';
import { COMMANDS } from '../../src/cli/commands/commands.js';
import { optionsOf } from '../../src/cli/commonOptions.js';
import { exitCodesOf } from '../../src/cli/helpText.js';
import { runCommandLine } from '../../src/cli/runCommandLine.js';
import { UsageError } from '../../src/core/errors.js';

/** Commands that only record how they were called. */
const calls: unknown[] = [];
const quiet = { type: 'boolean', alias: 'q', describe: () => 'Quiet' } as const;
const sample: readonly Command[] = [
  defineCommand({
    ...{ name: 'copy', isDefault: true, brief: () => '', summary: () => '', examples: [], exitCodes: [] },
    arguments: { input: { describe: () => '' }, output: { describe: () => '' } },
    options: {
      quiet,
      to: { type: 'string', choices: ['0.13', '0.14'], default: '0.13', describe: () => '' },
      set: { type: 'string', array: true, nargs: 1, describe: () => '' },
      'max-bytes': { type: 'number', alias: 'm', describe: () => '' },
    },
    run: async (args, options) => void calls.push([args, options]),
  }),
  defineCommand({
    ...{ name: 'inspect', brief: () => '', summary: () => '', examples: [], exitCodes: [] },
    arguments: { input: { describe: () => '' } },
    options: { quiet, database: { type: 'string', describe: () => '' } },
    run: async (args) => void calls.push(args),
  }),
  defineCommand({
    ...{ name: 'batch', brief: () => '', summary: () => '', examples: [], exitCodes: [] },
    arguments: { inputs: { many: true, describe: () => '' } },
    options: { 'out-dir': { type: 'string', demandOption: true, describe: () => '' } },
    run: async (args, options) => void calls.push([args, options]),
  }),
];

function run(args: readonly string[], commands = sample): Promise<void> {
  return runCommandLine(args, commands, { signal: new AbortController().signal, json: false });
}

beforeEach(() => {
  calls.length = 0;
});

describe('a command line', () => {
  test('reaches its command with options in camelCase and defaults set', async () => {
    await run(['in.zip', 'out.zip', '-q', '--max-bytes', '5', '--set', 'a.B=1', '--set=c.D=--x']);
    expect(calls).toEqual([
      [
        { input: 'in.zip', output: 'out.zip' },
        { quiet: true, to: '0.13', set: ['a.B=1', 'c.D=--x'], maxBytes: 5 },
      ],
    ]);
  });

  test('may name the default command', async () => {
    await run(['copy', 'in.zip', 'out.zip', '--to=0.14']);
    expect(calls).toMatchObject([[{ input: 'in.zip', output: 'out.zip' }, { to: '0.14' }]]);
  });

  test('takes - for standard input, and words after -- for names', async () => {
    await run(['-', '-q', '--', '-old.zip']);
    await run(['inspect', '--', '--help']);
    await run(['batch', '-', 'x', '--out-dir', '-']);
    expect(calls).toMatchObject([
      [{ input: '-', output: '-old.zip' }, { quiet: true }],
      { input: '--help' },
      [{ inputs: ['-', 'x'] }, { outDir: '-' }],
    ]);
  });

  test.each([[['-m5']], [['-m', '5']], [['-m=5']], [['-qm5']], [['--quiet', '-qm', '5']]])(
    'takes the value of a letter in each usual form: %j',
    async (args) => {
      await run(['in.zip', ...args, 'out.zip']);
      expect(calls).toMatchObject([[{ input: 'in.zip', output: 'out.zip' }, { maxBytes: 5 }]]);
    },
  );

  test('may have options before the name of its command', async () => {
    await run(['-q', 'inspect', 'in.zip']);
    await run(['--out-dir', 'new', 'batch', 'in.zip']);
    expect(calls).toEqual([{ input: 'in.zip' }, [{ inputs: ['in.zip'] }, { outDir: 'new' }]]);
  });

  test('keeps names that look like numbers', async () => {
    await run(['2020', '007']);
    expect(calls).toMatchObject([[{ input: '2020', output: '007' }, {}]]);
  });
});

test.each([
  ['no argument', [], /^copy needs an input and an output: .* INPUT OUTPUT\. See/],
  ['one argument of two', ['in.zip'], /^copy needs an output/],
  ['one argument too many', ['a b', 'c', 'd'], /^copy takes INPUT OUTPUT; there is also d\. .* quotes/],
  ['a command without its argument', ['inspect'], /^inspect needs an input: .* inspect INPUT\. See .* inspect --help/],
  ['a command without its option', ['batch', 'x'], /^batch needs --out-dir/],
  ['a misspelt command', ['inpect', 'old.zip'], /^There is no command inpect\. Did you mean inspect\?/],
  ['a misspelt command alone', ['bacth'], /^There is no command bacth\. Did you mean batch\?/],
  ['help misspelt', ['hlep'], /^There is no command hlep\. Did you mean help\?/],
  [
    'a misspelt option',
    ['a.zip', 'b.zip', '--max-byte', '5'],
    /^copy has no option --max-byte\. Did you mean --max-bytes\?/,
  ],
  ['two letters that changed places', ['a.zip', 'b.zip', '--queit'], /Did you mean --quiet\?/],
  ['a misspelt option before the arguments', ['--quite', 'a.zip', 'b.zip'], /Did you mean --quiet\?/],
  ['an option that nothing is like', ['a.zip', 'b.zip', '--bogus-thing'], /no option --bogus-thing\. See/],
  ['a letter that is no option', ['a.zip', 'b.zip', '-z'], /no option -z\. See/],
  ['--dry-run', ['a.zip', 'b.zip', '--dry-run'], /inspect INPUT/],
  ['an option of another command', ['a.zip', 'b.zip', '--database', 'x'], /It belongs to inspect\./],
  ['an option twice', ['a', 'b', '--to=0.13', '--to', '0.14'], /^--to is given twice/],
  ['an option twice with the same value', ['a', 'b', '--max-bytes=1', '--max-bytes=1'], /^--max-bytes is given twice/],
  ['an option without its value', ['a', 'b', '--to'], /^--to needs a value/],
  ['an option before another one', ['a', 'b', '--to', '--quiet'], /^--to needs a value/],
  ['an empty value', ['inspect', 'a', '--database='], /^--database needs a value/],
  ['a switch with a value', ['a', 'b', '--quiet=no'], /^--quiet takes no value\. See/],
  ['a property of all objects as an option', ['a', 'b', '--__proto__=x'], /^copy has no option --__proto__\./],
  ['another one', ['inspect', 'a', '--constructor'], /^inspect has no option --constructor\./],
  ['a list with an empty value', ['a', 'b', '--set='], /^--set needs a value/],
  [
    'a command before a wrong value',
    ['inspect', 'a', '--database'],
    /^--database needs a value\. See .* inspect --help/,
  ],
  ['a value out of a choice', ['a', 'b', '--to', '0.99'], /^--to cannot be "0\.99"; it can be 0\.13, 0\.14\. See/],
  ['a number below 1', ['a', 'b', '--max-bytes', '0'], /^--max-bytes takes a whole number from 1, not 0\./],
  ['a part of a number', ['a', 'b', '--max-bytes', '1.5'], /^--max-bytes takes a whole number from 1, not 1\.5\./],
  ['a name as programs write it', ['a', 'b', '--maxBytes', '5'], /no option --maxBytes\. Did you mean --max-bytes\?/],
  [
    'a number that is none',
    ['a', 'b', '--max-bytes', 'many'],
    /^--max-bytes takes a whole number from 1, not many\. See/,
  ],
] as const)('%s is told in one sentence', async (_, args, message) => {
  await expect(run(args)).rejects.toThrow(UsageError);
  await expect(run(args)).rejects.toThrow(message);
  expect(calls).toEqual([]);
});

describe('help', () => {
  let printed = '';
  beforeEach(() => {
    printed = '';
    jest.spyOn(console, 'log').mockImplementation((text: string) => {
      printed += `${text}\n`;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('of the program lists every command', async () => {
    await run(['--help'], COMMANDS);
    for (const { name, brief } of COMMANDS) expect(printed).toMatch(new RegExp(`^  ${name} +${brief()}$`, 'm'));
  });

  test.each([
    ['the program', ['--help'], COMMANDS.filter(({ isDefault }) => isDefault)] as const,
    ...COMMANDS.map((command) => [command.name, [command.name, '--help'], [command]] as const),
  ])('of %s lists the options of its command, and no others', async (_, args, described) => {
    await run(args, COMMANDS);
    const options = printed.replace(/^(Commands |Examples:).*/ms, '').matchAll(/^ .{5}--(\S+)/gm);
    const expected = described.flatMap((command) => Object.keys(optionsOf(command)));
    expect([...options].map(([, name]) => name).sort()).toEqual([...expected, 'help', 'version'].sort());
  });

  test.each(COMMANDS)('of $name fits 80 columns, wraps no example, and lists its exit codes', async (command) => {
    await run([command.name, '--help'], COMMANDS);
    expect(printed.split('\n').filter((line) => line.length > 80)).toEqual([]);
    for (const [, args] of command.examples) {
      expect(printed).toContain(`\n    ${args.replaceAll('$0', 'gogs-backup-upgrade')}\n`);
    }
    for (const { code, meaning } of exitCodesOf(command))
      expect(printed).toMatch(new RegExp(`^  ${code} +${meaning()}`, 'm'));
    expect(printed).not.toMatch(/--\w+[A-Z]/);
  });

  test.each([[['help']], [['help', 'inspect']], [['inspect', '--help', 'x']]])('is asked for by %j', async (args) => {
    await run(args, COMMANDS);
    expect(printed).toMatch(
      args.includes('inspect') ? /^Usage: gogs-backup-upgrade inspect INPUT/ : /COMMAND \[options\]/,
    );
  });

  test.each(['-V', '--version', '-v'])('gives way to the version for %s', async (version) => {
    await run([version], COMMANDS);
    expect(printed).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  });

  test('names the value of every option', () => {
    const nameless = COMMANDS.flatMap(({ name, options }) =>
      Object.entries(options)
        .filter(([, { type, choices, value }]) => type !== 'boolean' && choices === undefined && value === undefined)
        .map(([option]) => `${name} --${option}`),
    );
    expect(nameless).toEqual([]);
  });

  test.each(['zh_CN.UTF-8', 'de_DE.UTF-8'])('is English under %s', async (locale) => {
    const before = process.env['LC_ALL'];
    process.env['LC_ALL'] = locale;
    try {
      await run(['inspect', '--help'], COMMANDS);
    } finally {
      if (before === undefined) delete process.env['LC_ALL'];
      else process.env['LC_ALL'] = before;
    }
    expect(printed).toContain('Show help');
    expect(printed).toMatch(/^[\n -~…]*$/);
  });
});
