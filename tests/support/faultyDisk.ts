/** A disk that fails on demand: Node's own file calls, and those of OpenFile, with injected faults. */
import fs from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { OpenFile } from '../../src/files/OpenFile.js';
import { repository } from './fixtures.js';

export interface DiskFaults {
  /** Limits the number of bytes that a read returns; throw to make it fail. */
  readonly onRead?: (wanted: number) => number;
  /** Called before bytes are written; throw to make it fail. */
  readonly onWrite?: (bytes: number) => void;
  /** Called instead of flushing a file to disk, which takes long and has no visible effect. */
  readonly onSync?: () => void;
}

export function systemError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${code}: made up, ${syscall}`), { code, syscall, errno: -1 });
}

type Callback = (error: Error | null, ...results: unknown[]) => void;
type HandleCall = (this: FileHandle, bytes: Buffer, offset: number, length: number, position: number) => unknown;
type SyncCall = (fd: number, bytes: Buffer, offset: number, length: number, position: number) => number;
type PlainCall = (fd: number, bytes: Buffer, offset: number, length: number, position: number, done: Callback) => void;

/** Injects the faults while the work runs. One at a time, because the faults affect the whole process. */
export async function withFaultyDisk<T>(faults: DiskFaults, work: () => Promise<T>): Promise<T> {
  const { onRead = (wanted) => wanted, onWrite = () => undefined, onSync = () => undefined } = faults;
  const probe = await open(repository, 'r');
  const handles = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
  const real = {
    read: handles.read as unknown as HandleCall,
    write: handles.write as unknown as HandleCall,
    appendFile: handles.appendFile,
    sync: handles.sync,
    readAt: OpenFile.prototype.readAt,
    writeAt: OpenFile.prototype.writeAt,
    flush: OpenFile.prototype.flush,
    flushContent: OpenFile.prototype.flushContent,
    fsRead: fs.read as unknown as PlainCall,
    fsWrite: fs.write as unknown as PlainCall,
    readSync: fs.readSync as SyncCall,
    writeSync: fs.writeSync as SyncCall,
  };
  Object.assign(handles, {
    async read(this: FileHandle, bytes: Buffer, offset: number, length: number, position: number) {
      return real.read.call(this, bytes, offset, onRead(length), position);
    },
    async write(this: FileHandle, bytes: Buffer, offset: number, length: number, position: number) {
      onWrite(length ?? bytes.length);
      return real.write.call(this, bytes, offset, length, position);
    },
    async appendFile(this: FileHandle, data: Buffer) {
      onWrite(data.length);
      return real.appendFile.call(this, data);
    },
    async sync() {
      onSync();
    },
  });
  // Its calls of node:fs cannot be replaced, because modules keep the functions that they import.
  Object.assign(OpenFile.prototype, {
    async readAt(this: OpenFile, target: Buffer, position: number) {
      return real.readAt.call(this, target.subarray(0, onRead(target.length)), position);
    },
    async writeAt(this: OpenFile, bytes: Buffer, position: number) {
      onWrite(bytes.length);
      return real.writeAt.call(this, bytes, position);
    },
    async flush() {
      onSync();
    },
    async flushContent() {
      onSync();
    },
  });
  // Streams and copyToFile look these up at each call.
  Object.assign(fs, {
    readSync: (fd: number, bytes: Buffer, offset: number, length: number, position: number) =>
      real.readSync(fd, bytes, offset, onRead(length), position),
    writeSync: (fd: number, bytes: Buffer, offset: number, length: number, position: number) => {
      onWrite(length);
      return real.writeSync(fd, bytes, offset, length, position);
    },
    read: (fd: number, bytes: Buffer, offset: number, length: number, position: number, done: Callback) => {
      try {
        real.fsRead(fd, bytes, offset, onRead(length), position, done);
      } catch (error) {
        done(error as Error);
      }
    },
    write: (fd: number, bytes: Buffer, offset: number, length: number, position: number, done: Callback) => {
      try {
        onWrite(length);
        real.fsWrite(fd, bytes, offset, length, position, done);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  try {
    return await work();
  } finally {
    const {
      read,
      write,
      appendFile,
      sync,
      readAt,
      writeAt,
      flush,
      flushContent,
      fsRead,
      fsWrite,
      readSync,
      writeSync,
    } = real;
    Object.assign(handles, { read, write, appendFile, sync });
    Object.assign(OpenFile.prototype, { readAt, writeAt, flush, flushContent });
    Object.assign(fs, { read: fsRead, write: fsWrite, readSync, writeSync });
  }
}
