import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { InputError, OutputError, UserFacingError } from '../../src/core/errors.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { effort, seededRandom } from '../support/effort.js';
import { systemError, withFaultyDisk } from '../support/faultyDisk.js';
import { digestsUnder } from '../support/filesUnder.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { expectClearError, Scene } from '../support/scene.js';

const root = temporaryFolder();
let count = 0;
const newScene = (path: string): Scene => new Scene(join(root, String(++count)), path);

const HARD = fixture('0.12.3-mysql-hard', 'backup.zip');
const DUMP_ZIP = fixture('0.9.141-mysql', 'backup.zip');
const NATIVE = fixture('0.12.3-mysql', 'native.sql');

/** The checklist names the path of the input. */
const isOutput = (name: string): boolean => !name.endsWith('.next-steps.md');

/** Every output format, and inputs that need temporary files. */
const CASES = [
  { name: 'a backup to a backup', input: HARD, output: 'new.zip', diskSteps: 5 },
  { name: 'a backup to SQL', input: HARD, output: 'new.sql' },
  { name: 'a backup to gzipped SQL', input: HARD, output: 'new.sql.gz' },
  { name: 'a backup to CSV', input: HARD, output: 'tables/' },
  { name: 'the zip of gogs dump to a backup', input: DUMP_ZIP, output: 'new.zip' },
  { name: 'an SQL dump to a backup', input: NATIVE, output: 'new.zip' },
];

describe.each(CASES)('$name', ({ input, output, diskSteps = 3 }) => {
  let scene: Scene;
  let written = 0;
  let reads = 0;
  let expected: Readonly<Record<string, string>>;

  const run = (): Promise<unknown> =>
    upgrade(scene.input, scene.path(output), { engine: 'mysql', tempdir: scene.tempdir });
  const failure = (): Promise<unknown> =>
    run().then(
      () => undefined,
      (error: unknown) => error,
    );

  beforeAll(async () => {
    scene = newScene(input);
    const onRead = (wanted: number): number => {
      reads++;
      return wanted;
    };
    const onWrite = (bytes: number): void => {
      written += bytes;
    };
    await withFaultyDisk({ onRead, onWrite }, run);
    expected = digestsUnder(scene.folder, isOutput);
    scene = newScene(input);
  });

  test('leaves nothing behind when the disk is full anywhere in the output', async () => {
    const steps = effort('DISK_STEPS', diskSteps);
    for (let step = 0; step < steps; step++) {
      let room = (written * step) / steps;
      const onWrite = (bytes: number): void => {
        room -= bytes;
        if (room < 0) throw systemError('ENOSPC', 'write');
      };
      const error = await withFaultyDisk({ onWrite }, failure);
      expect(error).toBeInstanceOf(OutputError);
      expect((error as Error).message).toMatch(/disk is full/);
      scene.expectNothingLeft();
    }
    await scene.expectNextRunSucceeds(output);
    scene = newScene(input);
  });

  test('leaves nothing behind when the disk fails to keep what it took', async () => {
    const onSync = (): void => {
      throw systemError('EIO', 'fsync');
    };
    const error = await withFaultyDisk({ onSync }, failure);
    expect(error).toBeInstanceOf(OutputError);
    scene.expectNothingLeft();
  });

  test('says where it stopped when the disk cannot be read', async () => {
    const steps = effort('READ_ERRORS', 2);
    for (let step = 0; step < steps; step++) {
      let left = Math.floor((reads * step) / steps);
      const onRead = (wanted: number): number => {
        if (left-- === 0) throw systemError('EIO', 'read');
        return wanted;
      };
      const error = await withFaultyDisk({ onRead }, failure);
      expect(error).toBeInstanceOf(UserFacingError);
      expect((error as Error).message).toMatch(/Cannot (read|open|write)/);
      scene.expectNothingLeft();
    }
  });

  test('does not take a file for read that ends before its end', async () => {
    const steps = effort('READ_ERRORS', 2);
    for (let step = 0; step < steps; step++) {
      let left = Math.floor((reads * step) / steps);
      const onRead = (wanted: number): number => (left-- <= 0 ? 0 : wanted);
      const error = await withFaultyDisk({ onRead }, failure);
      expect(error).toBeInstanceOf(UserFacingError);
      scene.expectNothingLeft();
    }
  });

  test('comes out the same when the disk hands over a few bytes at a time', async () => {
    const random = seededRandom(1);
    const onRead = (wanted: number): number => Math.min(wanted, 1 + Math.floor(random() * 20_000));
    await withFaultyDisk({ onRead }, run);
    expect(digestsUnder(scene.folder, isOutput)).toEqual(expected);
    scene.expectUntouchedInput();
  });
});

test.each([
  [1, 'new.zip'],
  [30, 'new.zip'],
  [30, 'new.db'],
  [400, 'new.db'],
])('the program says that a limit of %d KiB on files was met: %s', async (limit, name) => {
  const scene = newScene(HARD);
  const result = await scene.run([scene.input, name], { shell: `ulimit -f ${limit}` });
  expectClearError(result, 6);
  scene.expectNothingLeft();
});

test('an input that ends early is an error of the input', async () => {
  const scene = newScene(NATIVE);
  let reads = 0;
  const onRead = (wanted: number): number => (reads++ < 4 ? wanted : 0);
  const work = upgrade(scene.input, scene.path('new.zip'), { tempdir: scene.tempdir });
  await withFaultyDisk({ onRead }, () => expect(work).rejects.toBeInstanceOf(InputError));
});
