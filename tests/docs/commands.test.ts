import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import sqlite from 'node-sqlite3-wasm';
import { main } from '../../src/cli/main.js';
import { fixture, repository } from '../support/fixtures.js';
import { runMain } from '../support/runMain.js';

const home = process.cwd();
const folders: string[] = [];
afterAll(() => {
  process.chdir(home);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The inputs that the pages refer to by these names. */
function enterScene(): void {
  const folder = mkdtempSync(join(tmpdir(), 'gogs-backup-upgrade-docs-'));
  folders.push(folder);
  process.chdir(folder);
  copyFileSync(fixture('0.12.3-sqlite3', 'backup.zip'), 'old.zip');
  mkdirSync('backups');
  copyFileSync('old.zip', 'backups/a.zip');
  copyFileSync(fixture('0.12.3-mysql', 'native.sql'), 'old.sql');
  const database = new sqlite.Database('gogs.db');
  database.exec(readFileSync(fixture('0.12.3-sqlite3', 'native.sql'), 'utf8'));
  database.close();
}

/** A section with its heading, and its own folder for outputs. */
interface Page {
  readonly name: string;
  readonly commands: readonly (readonly string[])[];
}

/** Commands of this program that use only the inputs of the scene; others need a special machine. */
function commandsOf(page: string): string[][] {
  const blocks = [...page.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].map(([, block = '']) =>
    block.replaceAll('\\\n', ' '),
  );
  return blocks.flatMap((block) => block.split('\n')).flatMap(runnable);
}

/** The words of a command after the program's name; none for commands that cannot be run here. */
function runnable(line: string): string[][] {
  return [line.trim().replace(/\s+#.*$/, '')]
    .filter((line) => /^gogs-backup-upgrade /.test(line) && !/[|<>{}$*]|\s["']?\/|\s-\s/.test(line))
    .map((line) => line.split(/\s+/).slice(1))
    .filter(
      (words) =>
        words.some((word) => ['old.zip', 'old.sql', 'gogs.db', 'backups'].includes(word)) || words[0] === 'verify',
    );
}

const PAGES = ['README.md', ...readdirSync(join(repository, 'docs', 'tasks')).map((name) => `docs/tasks/${name}`)];
const pages: Page[] = PAGES.flatMap((file) =>
  readFileSync(join(repository, file), 'utf8')
    .split(/^(?=## )/m)
    .map((section) => ({ name: `${file}, ${section.split('\n', 1)[0]}`, commands: commandsOf(section) })),
);

/** Each one alone, because they are alternatives. */
const choices = [...readFileSync(join(repository, 'README.md'), 'utf8').matchAll(/^\|.* \| `([^`]+)` \| \[/gm)]
  .flatMap(([, line = '']) => runnable(line))
  .map((words) => ({ command: words.join(' '), words }));

test('the pages contain commands to run', () => {
  expect(pages.flatMap(({ commands }) => commands).length).toBeGreaterThan(12);
});

test.each(pages.filter(({ commands }) => commands.length > 0))(
  'the commands of $name run in their order',
  async ({ commands }) => {
    enterScene();
    const quiet = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      for (const words of commands) {
        // The install path is on another machine.
        expect([words.join(' '), await main([...words, '--quiet'])]).toEqual([words.join(' '), 0]);
      }
    } finally {
      quiet.mockRestore();
    }
  },
);

test.each(choices)('a task of README begins with gogs-backup-upgrade $command', async ({ words }) => {
  enterScene();
  // 9: the output says that the new engine has to be configured.
  expect((await runMain(process.cwd(), words)).code).toBe(words.includes('postgres') ? 9 : 0);
});

/** The output that pages show after a command, in a separate block: "…" stands for omissions, and durations vary. */
const patternOf = (shown: string): RegExp =>
  new RegExp(
    `^${shown
      .replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
      .replaceAll(/^ *…\n/gm, '[\\s\\S]*?\n')
      .replace(/[\d\\.]+ (s|秒)(?=\n|；|; )/, '[\\d.]+ (?:m?s|毫?秒)')}$`,
  );

const READMES = [
  { page: 'README.md', language: 'en', verdict: 'Ready for Gogs 0.13' },
  { page: 'README.zh-CN.md', language: 'zh', verdict: '可用于 Gogs 0.13' },
] as const;

test.each(READMES)('$page shows the actual output, except for omissions', async ({ page, language, verdict }) => {
  const text = readFileSync(join(repository, page), 'utf8');
  const [, command = '', shown = ''] = /^ {4}\$ gogs-backup-upgrade (.*)\n\n```\n([\s\S]*?)^```/m.exec(text) ?? [];
  enterScene();
  const words = [...command.split(' '), '--language', language];
  expect((await runMain(process.cwd(), words)).stderr).toMatch(patternOf(shown));
  expect(shown).toContain(verdict);
});

const BATCHES = [
  { page: 'docs/tasks/thousands-of-backups.md', language: 'en' },
  { page: 'docs/zh/tasks/thousands-of-backups.md', language: 'zh' },
] as const;

test.each(BATCHES)('$page shows the last lines of a batch', async ({ page, language }) => {
  const blocks = [...readFileSync(join(repository, page), 'utf8').matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  const shown = blocks.find(([, kind]) => kind === '')?.[2] ?? '';
  enterScene();
  copyFileSync(fixture('0.12.3-mysql', 'backup.zip'), 'backups/b.zip');
  copyFileSync(fixture('0.12.3-mysql-hard', 'backup.zip'), 'backups/hard.zip');
  const command = ['batch', 'backups', '--out-dir', 'upgraded', '--language', language];
  const { stderr } = await runMain(process.cwd(), command);
  expect(stderr).toMatch(patternOf(`…\n${shown}`));
  expect(shown).toContain('backups/hard.zip');
});
