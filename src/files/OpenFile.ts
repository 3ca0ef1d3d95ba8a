/**
 * An open file. Opening, closing and small transfers are synchronous, because Node's threads take longer than they do; large
 * transfers go through threads, so that they run beside other work.
 */
import {
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  fsync,
  fsyncSync,
  openSync,
  read,
  readSync,
  write,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';

/** In bytes. */
const SMALL = 64 * 1024;
/** Opening a pipe would wait for a writer. */
const TO_READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const readInThread = promisify(read);
const writeInThread = promisify(write);
const fsyncInThread = promisify(fsync);
const fdatasyncInThread = promisify(fdatasync);

export class OpenFile {
  readonly fd: number;
  readonly #inThreads = new Set<Promise<unknown>>();
  #isOpen = true;

  private constructor(fd: number) {
    this.fd = fd;
  }

  /** `flags`: as for `openSync`. */
  static open(path: string, flags: string, mode?: number): OpenFile {
    return new OpenFile(openSync(path, flags, mode));
  }

  static openToRead(path: string): OpenFile {
    return new OpenFile(openSync(path, TO_READ));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Returns the number of bytes read, which may be less than fits into the target; 0 at the end of the file. */
  async readAt(target: Buffer, position: number): Promise<number> {
    if (target.length <= SMALL) return readSync(this.fd, target, 0, target.length, position);
    return (await this.#await(readInThread(this.fd, target, 0, target.length, position))).bytesRead;
  }

  /** Returns the number of bytes written, which may be less than all. */
  async writeAt(bytes: Buffer, position: number): Promise<number> {
    if (bytes.length <= SMALL) return writeSync(this.fd, bytes, 0, bytes.length, position);
    return (await this.#await(writeInThread(this.fd, bytes, 0, bytes.length, position))).bytesWritten;
  }

  /** Flushes everything to disk. */
  async flush(): Promise<void> {
    if (fstatSync(this.fd).size <= SMALL) fsyncSync(this.fd);
    else await this.#await(fsyncInThread(this.fd));
  }

  /** Flushes the content written so far; more may be written meanwhile. */
  async flushContent(): Promise<void> {
    await this.#await(fdatasyncInThread(this.fd));
  }

  /** Waits for transfers in threads: the system may give the descriptor to another file. Does nothing if it is closed. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await Promise.allSettled(this.#inThreads);
    closeSync(this.fd);
  }

  async #await<T>(transfer: Promise<T>): Promise<T> {
    this.#inThreads.add(transfer);
    try {
      return await transfer;
    } finally {
      this.#inThreads.delete(transfer);
    }
  }
}
