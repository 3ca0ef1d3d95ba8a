/** Loaded with `--import`: appends each flush and each final name to the file in GOGS_TEST_FLUSH_LOG, for all processes. */
import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { basename, resolve } from 'node:path';

const promises = createRequire(import.meta.url)('node:fs/promises') as typeof fs.promises;
const { openSync, fsync, fsyncSync, fdatasync, linkSync, renameSync, appendFileSync } = fs;
const { open } = promises;
const { GOGS_TEST_FLUSH_LOG: LOG = '' } = process.env;
const names = new Map<number, string>();

/** The path without the random part of a temporary name. */
const nameOf = (path: unknown): string =>
  basename(resolve(String(path))).replace(/^\.(.+)\.[0-9a-f]{12}\.part$/, '$1.part');
const log = (event: string): void => appendFileSync(LOG, `${event}\n`);

const logged =
  (descriptor: number, done: fs.NoParamCallback): fs.NoParamCallback =>
  (error) => {
    log(`flush ${names.get(descriptor)}`);
    done(error);
  };

Object.assign(fs, {
  openSync(...args: Parameters<typeof openSync>): number {
    const descriptor = openSync(...args);
    names.set(descriptor, nameOf(args[0]));
    return descriptor;
  },
  fsyncSync(descriptor: number): void {
    fsyncSync(descriptor);
    log(`flush ${names.get(descriptor)}`);
  },
  fsync(descriptor: number, done: fs.NoParamCallback): void {
    fsync(descriptor, logged(descriptor, done));
  },
  fdatasync(descriptor: number, done: fs.NoParamCallback): void {
    fdatasync(descriptor, logged(descriptor, done));
  },
  linkSync(from: fs.PathLike, to: fs.PathLike): void {
    linkSync(from, to);
    log(`name ${nameOf(to)}`);
  },
  renameSync(from: fs.PathLike, to: fs.PathLike): void {
    renameSync(from, to);
    log(`name ${nameOf(to)}`);
  },
});
Object.assign(promises, {
  async open(...args: Parameters<typeof open>): Promise<fs.promises.FileHandle> {
    const handle = await open(...args);
    const sync = handle.sync.bind(handle);
    const flush = async (): Promise<void> => {
      await sync();
      log(`flush ${nameOf(args[0])}`);
    };
    return Object.assign(handle, { sync: flush });
  },
});
syncBuiltinESMExports();
