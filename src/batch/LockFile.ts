/**
 * A file that says who works on something, on one machine or on many that share a folder. Its owner touches it while it works;
 * a lock whose owner is gone can be taken over. Two may in theory take one over in the same instant: both then write the same
 * bytes under names of their own and rename them, which harms nobody.
 */
import { randomBytes } from 'node:crypto';
import { unlinkSync, utimes, writeFileSync } from 'node:fs';
import { link, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { isRunning, ownIdentity, type ProcessIdentity } from './processIdentity.js';

export interface LockContent extends ProcessIdentity {
  /** Tells this lock from every other one: 16 hexadecimal digits. */
  readonly nonce: string;
  /** What is being worked on, as the one who locks calls it. */
  readonly subject: string;
}

const TOUCH_MS = 10_000;
/** For owners whose processes cannot be asked after. */
const GONE_AFTER_MS = 120_000;

export class LockFile {
  readonly content: LockContent;
  /** The lock that was taken over, whose owner may have left things behind; undefined as a rule. */
  readonly left: LockContent | undefined;
  readonly #path: string;
  readonly #timer: NodeJS.Timeout;

  private constructor(path: string, content: LockContent, left: LockContent | undefined) {
    this.#path = path;
    this.content = content;
    this.left = left;
    this.#timer = setInterval(() => {
      const now = new Date();
      utimes(path, now, now, () => undefined);
    }, TOUCH_MS);
    this.#timer.unref();
  }

  /** Undefined when someone else holds it and is at work. */
  static async acquire(path: string, subject: string): Promise<LockFile | undefined> {
    const content: LockContent = { ...ownIdentity(), nonce: randomBytes(8).toString('hex'), subject };
    let left: LockContent | undefined;
    for (let tries = 0; tries < 3; tries++) {
      if (create(path, content)) return new LockFile(path, content, left);
      const found = await inspect(path);
      if (found === 'held') return undefined;
      if (found !== 'gone' && (await remove(path, found, content.nonce))) left = found;
    }
    return undefined;
  }

  release(): void {
    clearInterval(this.#timer);
    try {
      unlinkSync(this.#path);
    } catch {
      // Someone thought we were gone.
    }
  }
}

/** In one go, so that next to no lock is ever seen without its content. */
function create(path: string, content: LockContent): boolean {
  try {
    writeFileSync(path, JSON.stringify(content), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The content of a lock whose owner is gone, or what else is the case. */
async function inspect(path: string): Promise<LockContent | 'held' | 'gone'> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return 'gone';
  const content = parse(text);
  const running = content.host === '' ? undefined : isRunning(content);
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

/** The time where the folder is: clocks of machines differ. */
async function clockOf(path: string): Promise<number> {
  const probe = `${path}.${randomBytes(8).toString('hex')}.clock`;
  await writeFile(probe, '', { flag: 'wx' });
  const { mtimeMs } = await stat(probe);
  await unlink(probe);
  return mtimeMs;
}

/** Renames first, to see what it removes: another process may have been quicker and hold a new lock by that name. */
async function remove(path: string, stale: LockContent, nonce: string): Promise<boolean> {
  const aside = `${path}.${nonce}.stale`;
  try {
    await rename(path, aside);
    const isTheStaleOne = parse(await readFile(aside, 'utf8')).nonce === stale.nonce;
    if (!isTheStaleOne) await link(aside, path);
    await unlink(aside);
    return isTheStaleOne;
  } catch {
    return false;
  }
}
