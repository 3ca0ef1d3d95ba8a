/**
 * A small fuzzer guided by V8's own coverage: an input that reaches new code joins the corpus.
 * `node build/tests/fuzz/fuzz.js jsonLines 600 FOLDER` reads and extends the corpus in FOLDER; failing inputs are saved there as
 * `crash-…`. Run it by hand; CI replays the small corpus in tests/fixtures/fuzz.
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

const PARSERS = /\/src\/(?:formats|gogs\/restore|verify)\//;
const seen = new Set<string>();

/** The parts of the parsers that ran since the last call, with approximate counts. */
async function piecesThatRan(): Promise<string[]> {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const pieces: string[] = [];
  for (const { url, functions } of result) {
    if (!PARSERS.test(url)) continue;
    for (const { functionName, ranges } of functions) {
      for (const { startOffset, endOffset, count } of ranges) {
        if (count > 0)
          pieces.push(`${url}:${functionName}:${startOffset}:${endOffset}:${Math.min(4, Math.log2(count)) | 0}`);
      }
    }
  }
  return pieces;
}

const random = seededRandom(Date.now());
const below = (limit: number): number => Math.floor(random() * limit);
/** Words that the parsers look for. */
const WORDS =
  `" \\ ' \` { } [ ] , : ; ( ) -- # /* */ /*! /*M!100000 $$ $t$ \\. \\N \\u \\x4 \\101 || :: = + - 0 1e5 .5 0x41 b'1' E' X' N' U&'
  _utf8mb4 null NULL DEFAULT TRUE INSERT REPLACE INTO VALUES ON CONFLICT DUPLICATE KEY COPY FROM stdin CREATE TABLE TRIGGER FUNCTION BEGIN ATOMIC END CASE
  COMMIT ROLLBACK SAVEPOINT UPDATE DELETE DROP ALTER SET sql_mode NO_BACKSLASH_ESCAPES standard_conforming_strings off search_path DELIMITER USE CAST( AS
  text varchar(2) replace( char(10) unistr( INTEGER PRIMARY KEY AUTO_INCREMENT ID Type Description CreatedUnix \\u0000 ustar`
    .split(/\s+/)
    .concat([
      '\n',
      '\r\n',
      '\t',
      ' ',
      '\0',
      'PK\x01\x02',
      'PK\x03\x04',
      'PK\x05\x06',
      '\xff\xff\xff\xff',
      '\xef\xbb\xbf',
      '\x0d',
      '\x0a',
      '\\\n',
    ]);
const TOKENS = WORDS.map((word) => Buffer.from(word, 'latin1'));
/** SQLite pages and tar blocks must fit; texts are tested faster if they are short. */
const MAX_LENGTH = name === 'database' || name === 'tar' ? 16_384 : 2048;

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
/** Runs one input. Saves it if it fails in a new way. */
async function tryOne(bytes: Buffer): Promise<void> {
  try {
    await target?.(Buffer.from(bytes));
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
}

/** Whether an input alone reaches code that none before it did. */
async function isNew(bytes: Buffer): Promise<boolean> {
  await tryOne(bytes);
  const before = seen.size;
  for (const piece of await piecesThatRan()) seen.add(piece);
  return seen.size > before;
}

const files = readdirSync(folder)
  .map((file) => ({ file, bytes: readFileSync(join(folder, file)) }))
  .sort((a, b) => a.bytes.length - b.bytes.length);
for (const { file, bytes } of files) {
  if (file.startsWith('crash-')) continue;
  if (await isNew(bytes)) corpus.push(bytes);
  // A shorter input covers everything that this one does.
  else rmSync(join(folder, file));
}
if (corpus.length === 0) corpus.push(Buffer.alloc(0));
let runs = 0;
let slowest = 0;
/** Reading coverage takes longer than a run, so it is read once for this many inputs. */
const BATCH = 25;
for (const end = Date.now() + 1000 * Number(seconds); Date.now() < end; runs += BATCH) {
  const batch = Array.from({ length: BATCH }, () =>
    mutate(corpus[below(corpus.length)] as Buffer, corpus[below(corpus.length)] as Buffer),
  );
  for (const bytes of batch) {
    const start = performance.now();
    await tryOne(bytes);
    const took = performance.now() - start;
    if (took <= Math.max(slowest, 200)) continue;
    slowest = took;
    writeFileSync(join(folder, `slow-${nameOf(bytes)}`), bytes);
  }
  if ((await piecesThatRan()).every((piece) => seen.has(piece))) continue;
  for (const bytes of batch) {
    if (!(await isNew(bytes))) continue;
    corpus.push(bytes);
    writeFileSync(join(folder, nameOf(bytes)), bytes);
  }
}
process.stdout.write(
  `${name}: ${runs} runs, ${corpus.length} inputs, ${seen.size} pieces, ${failures.size} failures, slowest ${Math.round(slowest)} ms\n`,
);
