/** The command line within the test's own process: starting another one takes ten times as long. */
import { jest } from '@jest/globals';
import { main } from '../../src/cli/main.js';

export interface Run {
  /** Exit code. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line from a folder, and catches what it prints. What goes to standard output must be text. */
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
      // The program listens until it ends.
      for (const listener of stream.listeners('error')) {
        if (!known.includes(listener)) stream.off('error', listener as (error: Error) => void);
      }
    },
  };
}
