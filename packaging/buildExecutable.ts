/**
 * `npm run build:executable`: builds the program as a single file that needs no Node, for the current platform.
 * https://nodejs.org/api/single-executable-applications.html
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { inject } from 'postject';
import { COMMON, WASM } from './bundle.js';
import { repository } from './repository.js';

/** The marker by which Node finds the embedded program. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const WASM_ASSET = 'node-sqlite3-wasm.wasm';

export const EXECUTABLE = join(
  repository,
  'build',
  'executable',
  process.platform === 'win32' ? 'gogs-backup-upgrade.exe' : 'gogs-backup-upgrade',
);

/** Whether the running Node can become an executable; some distributions build theirs without this feature. */
export const canBuildExecutable = (): boolean => readFileSync(process.execPath).includes(FUSE);

export async function buildExecutable(executable = EXECUTABLE): Promise<void> {
  if (!canBuildExecutable()) {
    throw new Error(`${process.execPath} was built without support for single executables: use Node from nodejs.org`);
  }
  const folder = join(repository, 'build', 'executable-parts');
  mkdirSync(folder, { recursive: true });
  mkdirSync(dirname(executable), { recursive: true });
  const [main, config, blob] = ['main.cjs', 'config.json', 'program.blob'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await build({
    ...COMMON,
    entryPoints: ['src/cli/start.ts'],
    outfile: main,
    // The only module format that an executable can start with in all supported releases of Node.
    format: 'cjs',
    banner: { js: "const executableUrl = require('node:url').pathToFileURL(process.execPath).href;" },
    define: { ...COMMON.define, 'import.meta.url': 'executableUrl' },
    plugins: [...(COMMON.plugins ?? []), wasmFromAsset],
  });
  writeFileSync(
    config,
    JSON.stringify({ main, output: blob, disableExperimentalSEAWarning: true, assets: { [WASM_ASSET]: WASM } }),
  );
  execFileSync(process.execPath, ['--experimental-sea-config', config], { stdio: ['ignore', 'ignore', 'inherit'] });
  copyFileSync(process.execPath, executable);
  chmodSync(executable, 0o755);
  const isMac = process.platform === 'darwin';
  if (isMac) execFileSync('codesign', ['--remove-signature', executable]);
  await inject(executable, 'NODE_SEA_BLOB', readFileSync(blob), {
    sentinelFuse: FUSE,
    ...(isMac ? { machoSegmentName: 'NODE_SEA' } : {}),
  });
  if (isMac) execFileSync('codesign', ['--sign', '-', executable]);
}

/** SQLite's WebAssembly is embedded in the executable too, and passed to emscripten. */
const wasmFromAsset: Plugin = {
  name: 'wasm from asset',
  setup(builder) {
    builder.onLoad({ filter: /node-sqlite3-wasm\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const opening = 'var Module=typeof Module!="undefined"?Module:{};';
      if (!source.startsWith(opening))
        throw new Error(`${path} does not begin as expected: look how it finds its wasm`);
      const asset = `require('node:sea').getRawAsset(${JSON.stringify(WASM_ASSET)})`;
      return { contents: `var Module={wasmBinary:${asset}};${source.slice(opening.length)}` };
    });
  },
};

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await buildExecutable();
  console.log(`${EXECUTABLE}, ${Math.round(statSync(EXECUTABLE).size / 1e6)} MB`);
}
