/** The examples of the library in README and docs/ compile against its types, and run. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { BASELINE_WASM, fixture, repository, temporaryFolder } from '../support/fixtures.js';

const scene = temporaryFolder();
/** Within the repository, so that the compiler finds Node's types. */
const folder = mkdtempSync(join(repository, 'build', 'examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pages = [
  'README.md',
  ...readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => join('docs', name)),
];
const examples = pages.flatMap((page) =>
  [...readFileSync(join(repository, page), 'utf8').matchAll(/^```(?:ts|js)\n([\s\S]*?)^```/gm)].map(
    ([, code = ''], index) => ({ name: `${page.replaceAll(/\W/g, '-')}-${index}`, code }),
  ),
);

test('every example compiles and runs to its end', () => {
  expect(examples.length).toBeGreaterThan(4);
  for (const { name, code } of examples) writeFileSync(join(folder, `${name}.mts`), code);
  const options = {
    ...{ target: 'es2023', lib: ['es2023'], module: 'nodenext', types: ['node'], strict: true, outDir: 'out' },
    paths: { 'gogs-backup-upgrade': [join(repository, 'build', 'src', 'index.d.ts')] },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.mts'] }));
  const tsc = spawnSync(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), '-p', folder], {
    encoding: 'utf8',
  });
  expect(tsc.stdout).toBe('');

  mkdirSync(join(scene, 'backups'));
  for (const copy of ['old.zip', 'backups/a.zip'])
    copyFileSync(fixture('0.12.3-sqlite3', 'backup.zip'), join(scene, copy));
  const library = pathToFileURL(join(repository, 'dist', 'index.js')).href;
  const modules = examples.map(({ name }) => {
    const file = join(folder, 'out', `${name}.mjs`);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll("'gogs-backup-upgrade'", `'${library}'`));
    return pathToFileURL(file).href;
  });
  // In sequence, because each may overwrite the output of the previous one.
  const script = `import { rmSync } from 'node:fs';
    for (const module of ${JSON.stringify(modules)}) {
      for (const output of ['new.zip', 'new.next-steps.md', 'upgraded']) rmSync(output, { recursive: true, force: true });
      await import(module);
    }`;
  const printed = execFileSync(process.execPath, [BASELINE_WASM, '--input-type=module', '--eval', script], {
    cwd: scene,
    encoding: 'utf8',
  });
  // The verification, the reading and the batch print what the page promises.
  expect(printed).toMatch(/^true$/m);
  expect(printed).toContain('gogs backup 0.12.3 sqlite3');
  expect(printed).toContain('1 done, 0 failed, 0 need a hand');
});
