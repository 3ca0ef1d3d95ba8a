/**
 * A file that says who works on something, on one machine or on many that share a folder. Its owner touches it while it works;
 * a lock whose owner is gone can be taken over. Two may in theory take one over in the same instant: both then write the same
 * bytes under names of their own and rename them, which harms nobody.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, unlinkSync, write, writeSync } from 'node:fs';
import { link, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode, outputError } from '../core/systemErrors.js';
import { isRunning, ownIdentity, type ProcessIdentity } from './processIdentity.js';

export interface LockContent extends ProcessIdentity {
  /** Tells this lock from every other one: 16 hexadecimal digits; empty in a lock that was never filled in. */
  readonly nonce: string;
  /** What is being worked on, as the one who locks calls it. */
  readonly subject: string;
}

const TOUCH_MS = 10_000;
/** For owners whose processes cannot be asked after. */
const GONE_AFTER_MS = 120_000;
/** Ending of locks of dead owners, until someone has cleared up after them. */
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
    // Written, not given a time: only so is it the time where the folder is, and clocks of machines differ.
    const touch = (): void => write(descriptor, JSON.stringify(content), 0, 'utf8', () => undefined);
    this.#timer = setInterval(touch, TOUCH_MS);
    this.#timer.unref();
  }

  /** Undefined when someone else holds it and is at work. */
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

  /** Calls `clear` for each dead owner of this lock that may have left things behind. */
  async clearAfterDead(clear: (left: LockContent) => Promise<void>): Promise<void> {
    const folder = dirname(this.#path);
    for (const name of await readdir(folder)) {
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
      // Someone thought we were gone.
    }
  }
}

/** What the locks of a folder, dead or alive, stand for. */
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

/** In one go, so that next to no lock is ever seen without its content. */
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

/** The content of a lock whose owner is gone, or what else is the case. */
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
    // Its owner was killed before it had written it.
  }
  return { host: '', pid: 0, started: '', nonce: '', subject: '' };
}

/** The time where the folder is. */
async function clockOf(path: string): Promise<number> {
  const probe = `${path}.${randomBytes(8).toString('hex')}${CLOCK}`;
  await writeFile(probe, '', { flag: 'wx' });
  const { mtimeMs } = await stat(probe).catch(() => ({ mtimeMs: Date.now() }));
  await unlink(probe).catch(() => undefined);
  return mtimeMs;
}

/** Renames first, to see what it takes away: another process may have been quicker and hold a new lock by that name. */
async function setAside(path: string, stale: LockContent, nonce: string): Promise<void> {
  const aside = `${path}.${nonce}${STALE}`;
  try {
    await rename(path, aside);
    if (parse(await readFile(aside, 'utf8')).nonce === stale.nonce) return;
    await link(aside, path);
    await unlink(aside);
  } catch {
    // It is gone already, or taken: the next look will tell.
  }
}
