/**
 * A file that says who is working on something, on one machine or on many that share a folder. Its owner touches it while it
 * works; if the owner is gone, the lock can be taken over. In theory two processes may take it over at the same instant. Both
 * then write the same bytes under separate temporary names and rename them, which does no harm.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync, unlinkSync, write, writeSync } from 'node:fs';
import { link, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode, outputError } from '../core/systemErrors.js';
import { isRunning, ownIdentity, type ProcessIdentity } from './processIdentity.js';

export interface LockContent extends ProcessIdentity {
  /** Identifies this lock: 16 hexadecimal digits; empty in a lock whose content was never written. */
  readonly nonce: string;
  /** What is being worked on, as the owner calls it. */
  readonly subject: string;
}

const TOUCH_MS = 10_000;
/** For owners whose processes cannot be checked. */
const GONE_AFTER_MS = 120_000;
/** Ending of locks of dead owners, until another process has cleaned up after them. */
const STALE = '.stale';
const CLOCK = '.clock';

export class LockFile {
  readonly content: LockContent;
  readonly #path: string;
  readonly #descriptor: number;
  readonly #timer: NodeJS.Timeout;

  private constructor(path: string, content: LockContent, descriptor: number) {
    this.#path = path;
    this.content = content;
    this.#descriptor = descriptor;
    // Writes instead of calling utimes(): the file server then sets the time, so differences between the machines' clocks do
    // not matter.
    const touch = (): void => write(descriptor, JSON.stringify(content), 0, 'utf8', () => undefined);
    this.#timer = setInterval(touch, TOUCH_MS);
    this.#timer.unref();
  }

  /** Undefined if another process holds it and is at work. */
  static async acquire(path: string, subject: string): Promise<LockFile | undefined> {
    const content: LockContent = { ...ownIdentity(), nonce: randomBytes(8).toString('hex'), subject };
    for (let tries = 0; tries < 3; tries++) {
      const descriptor = create(path, content);
      if (descriptor !== undefined) return new LockFile(path, content, descriptor);
      const found = await inspect(path);
      if (found === 'held') return undefined;
      if (found !== 'gone') await setAside(path, found, content.nonce);
    }
    return undefined;
  }

  /** Calls `clear` for each dead owner of this lock that may have left files behind. */
  async clearAfterDead(clear: (left: LockContent) => Promise<void>): Promise<void> {
    const folder = dirname(this.#path);
    for (const name of readdirSync(folder)) {
      if (!name.startsWith(`${basename(this.#path)}.`) || !name.endsWith(STALE)) continue;
      const aside = join(folder, name);
      const left = await inspect(aside);
      if (left === 'held' || left === 'gone') continue;
      if (left.nonce !== '') await clear(left);
      await unlink(aside).catch(() => undefined);
    }
  }

  release(): void {
    clearInterval(this.#timer);
    closeSync(this.#descriptor);
    try {
      unlinkSync(this.#path);
    } catch {
      // Another process took the lock over.
    }
  }
}

/** The subjects of all locks in a folder, dead or alive. */
export async function lockedSubjects(folder: string): Promise<Set<string>> {
  const subjects = new Set<string>();
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (name.endsWith(CLOCK)) await unlink(path).catch(() => undefined);
    const { nonce, subject } = parse(await readFile(path, 'utf8').catch(() => ''));
    if (nonce !== '') subjects.add(subject);
  }
  return subjects;
}

/** Creates the file with a single write, so that a lock without content is hardly ever seen. */
function create(path: string, content: LockContent): number | undefined {
  try {
    const descriptor = openSync(path, 'wx', 0o600);
    writeSync(descriptor, JSON.stringify(content));
    return descriptor;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return undefined;
    throw outputError(path, error);
  }
}

/** The content of a lock whose owner is gone, or else the state of the lock. */
async function inspect(path: string): Promise<LockContent | 'held' | 'gone'> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return 'gone';
  const content = parse(text);
  const running = content.nonce === '' ? undefined : isRunning(content);
  if (running !== undefined) return running ? 'held' : content;
  const touched = await stat(path).catch(() => undefined);
  if (touched === undefined) return 'gone';
  return (await clockOf(path)) - touched.mtimeMs > GONE_AFTER_MS ? content : 'held';
}

function parse(text: string): LockContent {
  try {
    const { host, pid, started, nonce, subject } = JSON.parse(text) as Partial<LockContent>;
    if (/^[0-9a-f]{16}$/.test(String(nonce)) && typeof pid === 'number') {
      return { host: String(host), pid, started: String(started), nonce: String(nonce), subject: String(subject) };
    }
  } catch {
    // The owner was killed before it had written the content.
  }
  return { host: '', pid: 0, started: '', nonce: '', subject: '' };
}

/** The current time of the file server. */
async function clockOf(path: string): Promise<number> {
  const probe = `${path}.${randomBytes(8).toString('hex')}${CLOCK}`;
  await writeFile(probe, '', { flag: 'wx' });
  const { mtimeMs } = await stat(probe).catch(() => ({ mtimeMs: Date.now() }));
  await unlink(probe).catch(() => undefined);
  return mtimeMs;
}

/** Renames before checking the content, because another process may have been faster and hold a new lock of the same name. */
async function setAside(path: string, stale: LockContent, nonce: string): Promise<void> {
  const aside = `${path}.${nonce}${STALE}`;
  try {
    await rename(path, aside);
    if (parse(await readFile(aside, 'utf8')).nonce === stale.nonce) return;
    await link(aside, path);
    await unlink(aside);
  } catch {
    // It is gone or taken already: the next attempt will tell.
  }
}
