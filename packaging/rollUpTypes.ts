/** Writes the types of the library into one file that compiles with and without @types/node. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { TARGET_NAMES } from '../src/gogs/gogsHistory.js';
import { DIST } from './bundle.js';
import { repository } from './repository.js';

/** Replaces Node's own types, reduced to the parts that are used. */
const NODE_TYPES = `/** A stream that is read, such as \`process.stdin\`. */
type Readable = AsyncIterable<unknown>;
/** A writable stream, such as \`process.stdout\`. */
interface Writable {
  write(chunk: Uint8Array): boolean;
  end(): unknown;
  on(event: string, listener: (...args: never[]) => void): unknown;
}
/** The global type of that name if it exists, from @types/node or the DOM. */
type AbortSignal = typeof globalThis extends { AbortSignal: { prototype: infer Signal } }
  ? Signal
  : { readonly aborted: boolean; readonly reason: unknown };
`;

/** Writes `dist/index.d.ts`. Compile first. */
export function rollUpTypes(): void {
  const entry = join(repository, 'build/src/index.d.ts');
  const rolledUp = join(repository, 'build/index.rolled-up.d.ts');
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(repository, 'package.json'),
    configObject: {
      projectFolder: repository,
      newlineKind: 'lf',
      mainEntryPointFilePath: entry,
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            ...{ target: 'es2023', lib: ['es2023'], module: 'nodenext', types: ['node'], strict: true },
            // tsc has checked our declarations, and checking Node's takes longer than everything else here.
            skipLibCheck: true,
          },
          files: [entry],
        },
      },
      dtsRollup: { enabled: true, untrimmedFilePath: rolledUp },
      apiReport: { enabled: false },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
  const restore = spellOutTargets();
  const { succeeded } = Extractor.invoke(config, { localBuild: true, messageCallback: onlyErrors });
  restore();
  if (!succeeded) throw new Error('the types of the library could not be put into one file');
  const types = readFileSync(rolledUp, 'utf8').replaceAll(
    /^import type \{ (?:Readable|Writable) \} from 'node:stream';\n/gm,
    '',
  );
  rmSync(rolledUp);
  const [rest] = /^import .*$|.*\bNodeJS\..*|.*\bBuffer\b.*/m.exec(types) ?? [];
  if (rest !== undefined) throw new Error(`the types of the library need what is not theirs: ${rest}`);
  writeFileSync(join(DIST, 'index.d.ts'), `${NODE_TYPES}\n${types}`);
}

/**
 * Replaces the type of target names, which is derived from the whole history of Gogs, by the names. Returns a function that
 * undoes this.
 */
function spellOutTargets(): () => void {
  const file = join(repository, 'build/src/gogs/gogsHistory.d.ts');
  const before = readFileSync(file, 'utf8');
  const names = TARGET_NAMES.map((name) => `'${name}'`).join(' | ');
  const after = before.replace(/^export type TargetName = .*$/m, `export type TargetName = ${names};`);
  if (after === before) throw new Error(`${file} does not declare TargetName as expected`);
  writeFileSync(file, after);
  return () => writeFileSync(file, before);
}

function onlyErrors(message: { logLevel: ExtractorLogLevel; handled: boolean }): void {
  if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true;
}
