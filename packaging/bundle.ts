/** Bundles the published files: the program, the library and the batch worker, with all their dependencies. */
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
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

/** What most people run. */
const USUAL_COMMAND = 'src/verify/upgradeAndVerify.ts';
/** Prints help and errors without it. */
const COMMAND_LINE = 'src/cli/main.ts';
/** Loaded by the command line alone, for other commands. */
const OF_COMMAND_LINE = /^src\/(?:cli|reports)\/(?:BatchProgress|render\w+)\.ts$/;

/**
 * Puts the modules of the usual command into one file, because Node takes up to a millisecond to find and link each file. esbuild
 * makes a file of the modules that the same dynamic imports need, which would be 70 files for this command. If every dynamic import
 * needs these modules, they are one file. So are those of the command line.
 */
const usualCommandInOneFile: Plugin = {
  name: 'usual command in one file',
  setup(builder) {
    const namespace = 'with-usual-command';
    builder.onResolve({ filter: /^\./ }, ({ kind, path: imported, resolveDir }) => {
      const path = relative(repository, resolve(resolveDir, imported)).replace(/\.js$/, '.ts');
      return kind === 'dynamic-import' && path !== COMMAND_LINE ? { namespace, path } : undefined;
    });
    builder.onLoad({ filter: /^/, namespace }, ({ path }) => {
      const common = join(repository, OF_COMMAND_LINE.test(path) ? COMMAND_LINE : USUAL_COMMAND);
      return {
        contents: `import ${JSON.stringify(common)}; export * from './${basename(path)}';`,
        resolveDir: dirname(join(repository, path)),
      };
    });
  },
};

/** Options for every bundle. */
export const COMMON: BuildOptions = {
  absWorkingDir: repository,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  legalComments: 'none',
  // Less to parse when the program starts. Names stay, and lines are short, so that a stack trace tells where an error came from.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 120,
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
    plugins: [...(COMMON.plugins ?? []), usualCommandInOneFile],
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
