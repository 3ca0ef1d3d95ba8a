/** Bundles the published files: the program, the library and the batch worker, with all their dependencies. */
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { repository } from './repository.js';
import { writeThirdPartyNotices } from './thirdParty.js';
import { LOAD_ORDER, writeLoadOrder } from './writeLoadOrder.js';
import { writeSbom } from './writeSbom.js';

export const DIST = join(repository, 'dist');
export const WASM = join(repository, 'node_modules/node-sqlite3-wasm/dist/node-sqlite3-wasm.wasm');

const { name, version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly version: string;
};

/** Folder in `dist/` for files that other files load. */
const CHUNKS = 'chunks';

/** See stringWidth.ts. CommonJS packages use an older, lighter string-width. */
const lightStringWidth: Plugin = {
  name: 'light string-width',
  setup(builder) {
    builder.onResolve({ filter: /^string-width$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: join(repository, 'packaging/stringWidth.ts') } : undefined,
    );
  },
};

/** Options for every bundle. */
export const COMMON: BuildOptions = {
  absWorkingDir: repository,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  legalComments: 'none',
  define: { PACKAGE_NAME: JSON.stringify(name), PACKAGE_VERSION: JSON.stringify(version) },
  plugins: [lightStringWidth],
  metafile: true,
  logLevel: 'warning',
};

/** Recreates `dist/`, with the licences and the bill of materials of its content. */
export async function bundle(): Promise<void> {
  rmSync(DIST, { recursive: true, force: true });
  const { metafile } = await build({
    ...COMMON,
    entryPoints: { 'gogs-backup-upgrade': 'src/cli/start.ts', index: 'src/index.ts' },
    outdir: DIST,
    format: 'esm',
    // Code that a command does not use is not loaded.
    splitting: true,
    chunkNames: `${CHUNKS}/[name]-[hash]`,
    // CommonJS packages require Node's own modules, and the path of their folder.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
    define: {
      ...COMMON.define,
      __dirname: 'import.meta.dirname',
      // The program is its own worker.
      WORKER_SCRIPT: JSON.stringify('../gogs-backup-upgrade.js'),
      LOAD_ORDER: JSON.stringify(LOAD_ORDER),
    },
  });
  if (metafile === undefined) throw new Error('esbuild tells nothing of what it bundled');
  copyFileSync(WASM, join(DIST, CHUNKS, 'node-sqlite3-wasm.wasm'));
  writeThirdPartyNotices(metafile, join(DIST, 'THIRD-PARTY-NOTICES.txt'));
  writeSbom(metafile);
  writeLoadOrder(metafile, DIST);
}
