/** A real backup, truncated and with flipped bits: the result is an error, or an output in which every row is right. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { InputError, UserFacingError, VersionError } from '../../src/core/errors.js';
import { ZipReader } from '../../src/formats/zip/ZipReader.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { effort, seededRandom } from '../support/effort.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';

const folder = temporaryFolder();
const input = join(folder, 'input.zip');
const output = join(folder, 'output.zip');

/** Every entry of an upgraded archive by name: tables and rewritten files inflated, the others compressed. */
async function contentsOf(path: string): Promise<Map<string, string>> {
  const zip = await ZipReader.open(path);
  try {
    const contents = new Map<string, string>();
    for (const entry of zip.entries) {
      const isRewritten = /^gogs-backup\/(db\/|metadata\.ini$|custom\/conf\/app\.ini$)/.test(entry.name);
      const { start, end } = await zip.locate(entry);
      const raw = Buffer.alloc(end - start);
      await zip.readInto(raw, start);
      const content = isRewritten ? await zip.readBuffer(entry, 2 ** 30) : raw;
      contents.set(entry.name, `${entry.crc32}:${content.toString('latin1')}`);
    }
    return contents;
  } finally {
    await zip.close();
  }
}

/** Upgrades the damaged bytes. Undefined if it ended with an error that says what is wrong. */
async function outcomeOf(bytes: Buffer): Promise<Map<string, string> | undefined> {
  writeFileSync(input, bytes);
  rmSync(output, { force: true });
  rmSync(join(folder, 'output.next-steps.md'), { force: true });
  try {
    await upgrade(input, output);
  } catch (error) {
    if (!(error instanceof UserFacingError)) throw error;
    expect(error instanceof InputError || error instanceof VersionError).toBe(true);
    expect(error.message).toMatch(/^\S.{20,600}\.$/s);
    expect(existsSync(output)).toBe(false);
    return undefined;
  }
  return contentsOf(output);
}

describe.each([['0.12.3-sqlite3'], ['0.9.141-mysql']])('%s', (name) => {
  const original = readFileSync(fixture(name, 'backup.zip'));
  let expected: Map<string, string>;
  /** Positions of bytes outside the entries' data: headers, descriptors, the directory, the end record. */
  const structures: number[] = [];
  /** Positions of the data of tables and rewritten files. */
  const tables: number[] = [];

  beforeAll(async () => {
    const right = await outcomeOf(original);
    if (right === undefined) throw new Error('the sample itself is refused');
    expected = right;
    const isData = new Uint8Array(original.length);
    const zip = await ZipReader.open(fixture(name, 'backup.zip'));
    for (const entry of zip.entries) {
      const { start, end } = await zip.locate(entry);
      isData.fill(1, start, end);
      if (!/\/db\/|gogs-db\.sql|\.ini$/.test(entry.name)) continue;
      for (let at = start; at < end; at++) tables.push(at);
    }
    await zip.close();
    for (let at = 0; at < original.length; at++) if (isData[at] === 0) structures.push(at);
  });

  test('truncated anywhere, it is rejected', async () => {
    const random = seededRandom(3);
    const pick = (places: readonly number[]): number => places[Math.floor(random() * places.length)] ?? 0;
    for (let cut = 0; cut < effort('CUTS', 24); cut++) {
      const at = cut % 2 === 0 ? pick(structures) : Math.floor(random() * original.length);
      expect([at, await outcomeOf(original.subarray(0, at))]).toEqual([at, undefined]);
    }
  });

  test('with a flipped bit, it is rejected or every row and every file is right', async () => {
    const random = seededRandom(effort('FLIPS_SEED', 4));
    const pick = (places: readonly number[]): number => places[Math.floor(random() * places.length)] ?? 0;
    let refused = 0;
    const flips = effort('FLIPS', 28);
    for (let flip = 0; flip < flips; flip++) {
      const at =
        [pick(structures), pick(structures), pick(tables), Math.floor(random() * original.length)][flip % 4] ?? 0;
      const bit = Math.floor(random() * 8);
      const damaged = Buffer.from(original);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
      const outcome = await outcomeOf(damaged);
      if (outcome === undefined) refused++;
      else expectSame(`byte ${at}, bit ${bit}`, outcome, expected);
    }
    expect(refused).toBeGreaterThan(flips / 4);
  });
});

/**
 * Names, tables and checksums must be right. The data of a file that is carried over may be damaged as in the input, where its
 * checksum still shows it.
 */
function expectSame(place: string, outcome: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>): void {
  expect([place, [...outcome.keys()].sort()]).toEqual([place, [...expected.keys()].sort()]);
  const different = [...expected]
    .filter(([name, content]) => outcome.get(name) !== content)
    .filter(([name, content]) => {
      const [crc, other] = [content, outcome.get(name) ?? ''].map((text) => text.slice(0, text.indexOf(':')));
      return crc !== other || /\/db\/|metadata\.ini|app\.ini/.test(name);
    })
    .map(([name]) => name);
  expect([place, different]).toEqual([place, []]);
}
