/** A folder with an input and a place for an output, and the conditions that must always hold in it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from '@jest/globals';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { PROGRAM } from './fixtures.js';

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export class Scene {
  readonly folder: string;
  /** A copy of the fixture. */
  readonly input: string;
  /** Folder for temporary files. */
  readonly tempdir: string;
  readonly #inputBefore: string;

  constructor(folder: string, fixture: string) {
    this.folder = join(folder, 'out');
    this.tempdir = join(folder, 'tmp');
    this.input = join(folder, basename(fixture));
    for (const path of [folder, this.folder, this.tempdir]) mkdirSync(path, { recursive: true });
    if (statSync(fixture).isDirectory()) cpSync(fixture, this.input, { recursive: true });
    else copyFileSync(fixture, this.input);
    this.#inputBefore = contentOf(this.input);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Starts the program in the output folder; `shell` is a prefix such as `ulimit -f 8`. */
  start(args: readonly string[], { shell = '', node = [] as readonly string[], env = {} } = {}): ChildProcess {
    const command = shell === '' ? 'exec "$@"' : `${shell}; exec "$@"`;
    return spawn('bash', ['-c', command, 'bash', process.execPath, ...node, PROGRAM, ...args], {
      cwd: this.folder,
      env: { ...process.env, TMPDIR: this.tempdir, NODE_OPTIONS: '', ...env },
    });
  }

  /** Runs the program to its end. */
  async run(args: readonly string[], options: Parameters<Scene['start']>[1] & { stdin?: Buffer } = {}): Promise<Ended> {
    const child = this.start(args, options);
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.stdin);
    return ended(child);
  }

  /** Names in the output folder. */
  get outputs(): string[] {
    return readdirSync(this.folder).sort();
  }

  expectUntouchedInput(): void {
    expect(contentOf(this.input)).toBe(this.#inputBefore);
  }

  /** The conditions after every exit except kill -9: no output, no temporary files, an unchanged input. */
  expectNothingLeft(kept: readonly string[] = []): void {
    this.expectUntouchedInput();
    expect(this.outputs).toEqual([...kept].sort());
    expect(readdirSync(this.tempdir)).toEqual([]);
  }

  async expectNextRunSucceeds(output: string): Promise<void> {
    await upgrade(this.input, this.path(output), { engine: 'mysql', force: true, tempdir: this.tempdir });
    expect(this.outputs).toContain(basename(output));
  }
}

/** Expects a clear message without a stack trace. */
export function expectClearError({ stderr, code }: Ended, expected: number): void {
  expect(stderr).not.toMatch(/^\s+at |Error:|node:|this is a bug/m);
  expect(stderr).toMatch(/^error: \S.*\.$/m);
  expect(code).toBe(expected);
}

export function ended(child: ChildProcess): Promise<Ended> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({ code, signal, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

/** Content and modification time. */
function contentOf(path: string): string {
  const found = statSync(path);
  const names = found.isDirectory() ? readdirSync(path).sort() : undefined;
  if (names !== undefined) return names.map((name) => `${name}:${contentOf(join(path, name))}`).join('\n');
  return `${found.mtimeMs}:${found.mode}:${readFileSync(path).toString('base64')}`;
}
