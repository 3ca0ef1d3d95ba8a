import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { fixture } from '../support/fixtures.js';
import * as targets from './targets.js';

test.each(Object.entries(targets))('what fuzzing of %s has found stays mended', async (name, target) => {
  const files = readdirSync(fixture('fuzz', name));
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) await target(readFileSync(fixture('fuzz', name, file)));
});
