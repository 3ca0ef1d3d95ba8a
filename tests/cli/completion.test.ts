import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../../src/cli/commands/commands.js';
import { temporaryFolder } from '../support/fixtures.js';
import { hasProgram } from '../support/programs.js';
import { runMain } from '../support/runMain.js';

const folder = temporaryFolder();
const NAME = 'gogs-backup-upgrade';
const shells = ['bash', 'zsh', 'fish'] as const;

beforeAll(async () => {
  for (const shell of shells) {
    const { code, stdout } = await runMain(folder, ['completion', shell]);
    expect(code).toBe(0);
    writeFileSync(join(folder, `completion.${shell}`), stdout);
  }
  mkdirSync(join(folder, 'a folder'));
  writeFileSync(join(folder, 'a file'), '');
});

function run(shell: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(shell, args, { cwd: folder, encoding: 'utf8', timeout: 20_000 });
  expect(stderr).toBe('');
  return stdout;
}

/** The completions of bash for the last word. */
function bash(...words: string[]): string[] {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const script = `source completion.bash; COMP_WORDS=(${NAME} ${quoted}); COMP_CWORD=${words.length};
    _gogs_backup_upgrade; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return run('bash', ['--norc', '-c', script])
    .split('\n')
    .filter((line) => line !== '');
}

/** The completions of fish at the end of a line, without descriptions. */
const fish = (line: string): string[] =>
  run('fish', ['--no-config', '-c', `source completion.fish; complete -C '${NAME} ${line}'`])
    .split('\n')
    .filter((offered) => offered !== '')
    .map((offered) => offered.split('\t')[0] ?? '');

/** The command lines in zsh after these keys. Quotes within words keep what is typed, and echoed, apart from what is printed. */
function zsh(...lines: string[]): string[] {
  const asked = lines.map(
    (keys) => `zpty -w -n shell $'${NAME} ${keys}\\x0f'; zpty -r -m shell line '*LINE*END*'; print -r -- "$line"`,
  );
  const script = `zmodload zsh/zpty; zpty shell zsh -f -i
    zpty -w shell 'PROMPT=; autoload -Uz compinit; compinit -u -D; eval "$(cat completion.zsh)"'
    zpty -w shell 'tell() { print -r -- "LI""NE[$BUFFER]E""ND"; BUFFER= }; zle -N tell; bindkey ^O tell; print REA''DY'
    zpty -r -m shell line '*READY*'
    ${asked.join('\n')}
    zpty -d shell`;
  return [...run('zsh', ['-f', '-c', script]).matchAll(/LINE\[(.*)\]END/g)].map(([, line]) => line ?? '');
}

const options = (command: string): string[] =>
  [...Object.keys(COMMANDS.find(({ name }) => name === command)?.options ?? {}), 'language', 'help', 'version'].map(
    (name) => `--${name}`,
  );

// On Windows, bash belongs to another system.
(hasProgram('bash') && process.platform !== 'win32' ? describe : describe.skip)('bash completes', () => {
  test('commands, and each command its own options', () => {
    expect(bash('')).toEqual([...COMMANDS.map(({ name }) => name), 'help']);
    expect(bash('in')).toEqual(['inspect']);
    for (const { name } of COMMANDS) expect(bash(name, '--')).toEqual(options(name));
    expect(bash('old.zip', '--')).toEqual(options('upgrade'));
  });

  test('values, after a space and after =', () => {
    expect(bash('inspect', 'old.zip', '--engine', 'p')).toEqual(['postgres']);
    expect(bash('inspect', 'old.zip', '--engine', '=')).toEqual(['mysql', 'postgres', 'sqlite3']);
    expect(bash('inspect', 'old.zip', '--engine', '=', 'my')).toEqual(['mysql']);
    expect(bash('completion', 'z')).toEqual(['zsh']);
  });

  test('folders where one is expected, and leaves files to bash', () => {
    expect(bash('batch', '--out-dir', 'a')).toEqual(['a folder']);
    expect(bash('inspect', 'a')).toEqual([]);
    expect(bash('verify', '--against', 'a')).toEqual([]);
  });
});

(hasProgram('fish') ? describe : describe.skip)('fish completes', () => {
  test('commands, and each command its own options', () => {
    expect(fish('in')).toContain('inspect');
    for (const { name } of COMMANDS) expect(fish(`${name} x --`).sort()).toEqual(options(name).sort());
  });

  test('values, files and folders', () => {
    expect(fish('old.zip new.zip --engine p')).toEqual(['postgres']);
    expect(fish('completion ')).toEqual(['bash', 'fish', 'zsh']);
    expect(fish('batch --out-dir a')).toEqual(['a folder/']);
    expect(fish('verify --against a')).toEqual(['a file', 'a folder/']);
  });
});

(hasProgram('zsh') ? describe : describe.skip)('zsh completes', () => {
  test('commands, options and values', () => {
    expect(zsh('insp\\tx --engi\\tpo\\t', 'batch --out-d\\ta\\t', 'completion f\\t')).toEqual([
      `${NAME} inspect x --engine=postgres `,
      `${NAME} batch --out-dir=a\\ folder/`,
      `${NAME} completion fish `,
    ]);
  });
});
