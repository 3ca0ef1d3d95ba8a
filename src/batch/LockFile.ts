/**
 * A file that says who is working on something, on one machine or on many that share a folder. Its owner touches it while it
 * works; if the owner is gone, the lock can be taken over. Who wants to do so first creates a claim beside it, whose name contains
 * the dead lock's nonce: only the holder of the claim removes that lock, so nobody can remove the lock of a faster process.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, linkSync, openSync, readdirSync, statSync, unlinkSync, write, writeSync } from 'node:fs';
import { readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, outputError } from '../core/systemErrors.js';
import { isRunning, ownIdentity, type ProcessIdentity } from './processIdentity.js';

export interface LockContent extends ProcessIdentity {
  /** Identifies this lock: 16 hexadecimal digits; empty in a lock whose content was never written. */
  readonly nonce: string;
  /** What is being worked on, as the owner calls it. */
  readonly subject: string;
}

/** The content of the file that claims a dead lock: a lock of its own, held while the dead one is removed. */
interface Claim extends LockContent {
  readonly dead: LockContent;
}

const TOUCH_MS = 10_000;
/** For owners whose processes cannot be checked. */
const GONE_AFTER_MS = 120_000;
/** An owner at work touches its lock meanwhile, even if the clock was set. */
const CONFIRM_MS = 1.5 * TOUCH_MS;
/** Ending of claims. They keep the content of the dead locks until the new owner has cleaned up after the dead ones. */
const CLAIM = '.claim';
const CLOCK = '.clock';
/** Ending of locks that have no name yet. */
const NEW = '.new';

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

  /**
   * Undefined if another process holds it and is at work. `confirmMs`: how long a lock that seems to be dead by the clock is
   * watched.
   */
  static async acquire(path: string, subject: string, confirmMs = CONFIRM_MS): Promise<LockFile | undefined> {
    const content: LockContent = { ...ownIdentity(), nonce: randomBytes(8).toString('hex'), subject };
    for (let tries = 0; tries < 3; tries++) {
      const descriptor = create(path, content);
      if (descriptor !== undefined) return new LockFile(path, content, descriptor);
      const found = await inspect(path, confirmMs);
      if (found === 'held') return undefined;
      if (found !== 'gone') await removeDead(path, { ...content, dead: found });
    }
    return undefined;
  }

  /** Calls `clear` for each dead owner of this lock that may have left files behind. */
  async clearAfterDead(clear: (left: LockContent) => Promise<void>): Promise<void> {
    const folder = dirname(this.#path);
    for (const name of readdirSync(folder)) {
      if (!name.startsWith(`${basename(this.#path)}.`) || !name.endsWith(CLAIM)) continue;
      const claim = join(folder, name);
      const dead = deadOwner(await readFile(claim, 'utf8').catch(() => ''));
      if (dead !== undefined) await clear(dead);
      await unlink(claim).catch(() => undefined);
    }
  }

  release(): void {
    clearInterval(this.#timer);
    try {
      // Another process may have taken the lock over while this one was suspended.
      if (statSync(this.#path).ino === fstatSync(this.#descriptor).ino) unlinkSync(this.#path);
    } catch {
      // Nothing is there.
    }
    closeSync(this.#descriptor);
  }
}

/** The subjects of all locks in a folder, dead or alive. */
export async function lockedSubjects(folder: string): Promise<Set<string>> {
  const subjects = new Set<string>();
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (name.endsWith(CLOCK) || name.endsWith(NEW)) await unlink(path).catch(() => undefined);
    const { nonce, subject } = parse(await readFile(path, 'utf8').catch(() => ''));
    if (nonce !== '') subjects.add(subject);
  }
  return subjects;
}

/** Undefined if it exists. Whoever sees the lock sees its content, even if this process is killed meanwhile. */
function create(path: string, content: LockContent): number | undefined {
  const temporary = `${path}.${content.nonce}${NEW}`;
  try {
    const written = createAndWrite(temporary, content);
    const { ino } = fstatSync(written);
    // On a network file system, others see what was written once the file is closed.
    closeSync(written);
    const isOwn = linkInPlace(temporary, path);
    if (isOwn === undefined) return createAndWrite(path, content);
    return isOwn ? openIfSame(path, ino) : undefined;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return undefined;
    throw outputError(path, error);
  } finally {
    removeIfThere(temporary);
  }
}

/** With a single write, so that a file without content is hardly ever seen. */
function createAndWrite(path: string, content: LockContent): number {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeSync(descriptor, JSON.stringify(content));
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    removeIfThere(path);
    throw error;
  }
}

/** Undefined on file systems without hard links, or if another process removed what it took for a leftover. */
function linkInPlace(temporary: string, path: string): boolean | undefined {
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') return undefined;
    // If its answer is lost, NFS asks again, and is told that the name exists: see open(2).
    return (statSync(temporary, { throwIfNoEntry: false })?.nlink ?? 1) > 1;
  }
}

/** Undefined if another process took the lock over, because this one was suspended. */
function openIfSame(path: string, ino: number): number | undefined {
  const descriptor = openSync(path, 'r+');
  if (fstatSync(descriptor).ino === ino) return descriptor;
  closeSync(descriptor);
  return undefined;
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Another process removed it.
  }
}

/** The content of a lock whose owner is gone, or else the state of the lock. */
async function inspect(path: string, confirmMs = 0): Promise<LockContent | 'held' | 'gone'> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return 'gone';
  const content = parse(text);
  const running = content.nonce === '' ? undefined : isRunning(content);
  if (running !== undefined) return running ? 'held' : content;
  const touched = await stat(path).catch(() => undefined);
  if (touched === undefined) return 'gone';
  // A time far in the future is that of a clock that was set back since.
  if (Math.abs((await clockOf(path)) - touched.mtimeMs) <= GONE_AFTER_MS) return 'held';
  if (confirmMs === 0) return content;
  await sleep(confirmMs);
  const again = await stat(path).catch(() => undefined);
  if (again === undefined) return 'gone';
  return again.mtimeMs === touched.mtimeMs ? content : 'held';
}

function parse(text: string): LockContent {
  return checked(json(text));
}

/** Undefined if the claim or the lock that it is about was never written. */
function deadOwner(claim: string): LockContent | undefined {
  const dead = checked((json(claim) as Partial<Claim>).dead ?? {});
  return dead.nonce === '' ? undefined : dead;
}

function checked({ host, pid, started, nonce, subject }: Partial<LockContent>): LockContent {
  if (/^[0-9a-f]{16}$/.test(String(nonce)) && typeof pid === 'number') {
    return { host: String(host), pid, started: String(started), nonce: String(nonce), subject: String(subject) };
  }
  return { host: '', pid: 0, started: '', nonce: '', subject: '' };
}

/** An empty object if the owner was killed before it had written the content. */
function json(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** The current time of the file server. */
async function clockOf(path: string): Promise<number> {
  const probe = `${path}.${randomBytes(8).toString('hex')}${CLOCK}`;
  await writeFile(probe, '', { flag: 'wx' });
  const { mtimeMs } = await stat(probe).catch(() => ({ mtimeMs: Date.now() }));
  await unlink(probe).catch(() => undefined);
  return mtimeMs;
}

/** Removes the lock of a dead owner, unless another process does it or has done it: the next attempt to create one will tell. */
async function removeDead(path: string, content: Claim): Promise<void> {
  const claim = `${path}.${content.dead.nonce}${CLAIM}`;
  const descriptor = create(claim, content);
  if (descriptor !== undefined) closeSync(descriptor);
  else if ((await inspect(claim)) === 'held') return;
  // Another process may have removed and replaced the lock since it was read.
  const found = await inspect(path);
  const isThere = found !== 'held' && found !== 'gone' && found.nonce === content.dead.nonce;
  if (descriptor !== undefined) await unlink(isThere ? path : claim).catch(() => undefined);
  // Whoever claimed it was killed before removing it.
  else if (isThere) await unlink(claim).catch(() => undefined);
}
