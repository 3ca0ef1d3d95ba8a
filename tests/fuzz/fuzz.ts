/**
 * A small fuzzer that V8's own coverage guides: an input that reaches code which none before reached joins the corpus.
 * `node build/tests/fuzz/fuzz.js jsonLines 600 FOLDER` reads and grows the corpus in FOLDER; what fails is written there as
 * `crash-…`. It is run by hand; CI replays the small corpus in tests/fixtures/fuzz.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { seededRandom } from '../support/effort.js';
import * as targets from './targets.js';

const [, , name = '', seconds = '60', folder = '.'] = process.argv;
const target = Object.entries(targets).find(([key]) => key === name)?.[1];
if (target === undefined) throw new Error(`no target ${name}`);

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

const seen = new Set<string>();

/** How many pieces of the parsers ran for the first time, or for the first time this often. */
async function newPieces(): Promise<number> {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const before = seen.size;
  for (const { url, functions } of result) {
    if (!url.includes('/src/formats/')) continue;
    for (const { functionName, ranges } of functions) {
      for (const { startOffset, endOffset, count } of ranges) {
        if (count > 0)
          seen.add(`${url}:${functionName}:${startOffset}:${endOffset}:${Math.min(4, Math.log2(count)) | 0}`);
      }
    }
  }
  return seen.size - before;
}

const random = seededRandom(Date.now());
const below = (limit: number): number => Math.floor(random() * limit);
const WORDS = [
  '"',
  '\\',
  "'",
  '`',
  '\n',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  ';',
  '(',
  ')',
  '--',
  '/*',
  '*/',
  '$$',
  '\\.',
  '\\N',
  '\\u',
];
const KEYS = [
  'NULL',
  'INSERT INTO t VALUES ',
  'COPY t FROM stdin;\n',
  "E'",
  "X'",
  'null',
  '1e5',
  'PK\x01\x02',
  'PK\x03\x04',
  '\xff\xff\xff\xff',
];
const TOKENS = [...WORDS, ...KEYS].map((word) => Buffer.from(word, 'latin1'));
const MAX_LENGTH = 4096;

function mutate(bytes: Buffer, other: Buffer): Buffer {
  let result = Buffer.from(bytes);
  for (let times = 1 + below(4); times > 0; times--) {
    const at = below(result.length + 1);
    const [head, tail] = [result.subarray(0, at), result.subarray(at)];
    const piece = other.subarray(below(other.length), below(other.length + 1));
    const ways = [
      () => Buffer.concat([head, TOKENS[below(TOKENS.length)] as Buffer, tail]),
      () => Buffer.concat([head, tail.subarray(below(8))]),
      () => Buffer.concat([head, piece, tail]),
      () => Buffer.concat([head, Buffer.from([below(256)]), tail.subarray(1)]),
      () => Buffer.concat([head, Buffer.from([(tail[0] ?? 0) ^ (1 << below(8))]), tail.subarray(1)]),
      () => Buffer.concat([head, tail.subarray(0, below(40)), tail]),
      () => head,
    ];
    result = Buffer.from((ways[below(ways.length)] as () => Buffer)());
  }
  return result.subarray(0, MAX_LENGTH);
}

const nameOf = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('hex').slice(0, 12);

const corpus: Buffer[] = [];
const failures = new Set<string>();
/** Runs one input; keeps it when it shows something new. */
async function run(bytes: Buffer): Promise<boolean> {
  try {
    await target?.(bytes);
  } catch (error) {
    const what = String((error as Error).stack)
      .split('\n', 3)
      .join(' ')
      .replaceAll(/[0-9a-f]{6,}/g, '');
    if (!failures.has(what)) {
      failures.add(what);
      writeFileSync(join(folder, `crash-${nameOf(bytes)}`), bytes);
      process.stdout.write(`${what}\n`);
    }
  }
  return (await newPieces()) > 0;
}

const files = readdirSync(folder)
  .map((file) => ({ file, bytes: readFileSync(join(folder, file)) }))
  .sort((a, b) => a.bytes.length - b.bytes.length);
for (const { file, bytes } of files) {
  if (await run(bytes)) corpus.push(bytes);
  // A shorter one reaches all that this one does.
  else rmSync(join(folder, file));
}
let runs = 0;
for (const end = Date.now() + 1000 * Number(seconds); Date.now() < end; runs++) {
  const bytes = mutate(corpus[below(corpus.length)] as Buffer, corpus[below(corpus.length)] as Buffer);
  if (!(await run(bytes))) continue;
  corpus.push(bytes);
  writeFileSync(join(folder, nameOf(bytes)), bytes);
}
process.stdout.write(
  `${name}: ${runs} runs, ${corpus.length} inputs, ${seen.size} pieces, ${failures.size} failures\n`,
);
