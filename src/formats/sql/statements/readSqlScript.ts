/** Reads a script statement by statement, to be executed by an engine. Holds one statement in memory, without COPY data. */

import { type FileHandle, open } from 'node:fs/promises';
import { FileWindow } from '../../../files/FileWindow.js';
import { readFully } from '../../../files/readFully.js';
import type { DumpKind } from '../syntax/Dialect.js';
import { SqlTokenizer } from './SqlTokenizer.js';

export interface ScriptStatement {
  /** Including its semicolon. */
  readonly sql: string;
  /** The lines that follow COPY … FROM stdin, without the terminator; undefined for other statements. */
  readonly data: (() => AsyncGenerator<Buffer, void, void>) | undefined;
}

/** Length of `\.` and its line end. */
const COPY_END_BYTES = 3;
const PIECE_BYTES = 256 * 1024;

export async function* readSqlScript(path: string, kind: DumpKind): AsyncGenerator<ScriptStatement, void, void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const found: { start: number; end: number; dataStart: number }[] = [];
    const tokenizer = new SqlTokenizer({ ...kind, name: path }, ({ start, end, dataStart }) => {
      found.push({ start, end, dataStart });
    });
    const window = new FileWindow(file, 0, size);
    let position = 0;
    while (!window.final) {
      const keep = tokenizer.keepFrom(position);
      await window.fill(keep);
      position = tokenizer.scan(window.bytes, position - keep, window.end, window.offset, window.final);
      for (const { start, end, dataStart } of found.splice(0)) {
        const isCopy = dataStart >= 0;
        const sql = (await readFully(file, start, isCopy ? dataStart : end)).toString('utf8').trim();
        yield { sql, data: isCopy ? () => pieces(file, dataStart, end - COPY_END_BYTES) : undefined };
      }
    }
  } finally {
    await file.close();
  }
}

async function* pieces(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer, void, void> {
  for (let at = start; at < end; at += PIECE_BYTES) yield await readFully(file, at, Math.min(at + PIECE_BYTES, end));
}
