/** Runs the command line in the test's own process, because starting another one takes ten times as long. */
import { jest } from '@jest/globals';
import { main } from '../../src/cli/main.js';

export interface Run {
  /** Exit code. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line in a folder, and captures its output. Standard output must be text. */
export async function runMain(folder: string, args: readonly string[]): Promise<Run> {
  const [stdout, stderr] = [caught(process.stdout), caught(process.stderr)];
  const before = process.cwd();
  process.chdir(folder);
  try {
    return { code: await main(args), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    process.chdir(before);
    for (const { release } of [stdout, stderr]) release();
  }
}

function caught(stream: NodeJS.WriteStream): { text(): string; release(): void } {
  let text = '';
  const known = stream.listeners('error');
  const write = jest.spyOn(stream, 'write').mockImplementation((chunk) => {
    text += chunk.toString();
    return true;
  });
  return {
    text: () => text,
    release: () => {
      write.mockRestore();
      // Removes the listeners of the program, which only expects to run once per process.
      for (const listener of stream.listeners('error')) {
        if (!known.includes(listener)) stream.off('error', listener as (error: Error) => void);
      }
    },
  };
}
