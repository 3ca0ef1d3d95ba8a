import { plural } from '../../core/format.js';

export const en = {
  badShard: ({ shard }: { shard: string }) =>
    `--shard ${shard} is invalid: give I/N with I from 1 to N, such as 3/16. If a scheduler counts from 0, add 1 to its index.`,
  workers: {
    exited: ({ code }: { code: string }) => `it ended with exit code ${code}`,
    signalled: ({ signal }: { signal: string }) => `it was ended by ${signal}`,
    tooMuchMemory: ({ used, share }: { used: number; share: number }) =>
      `it used ${used} MB of memory, and its share is ${share} MB; raise --max-memory or lower --jobs`,
    lastWords: ({ reason, line }: { reason: string; line: string }) => `${reason}: ${line}`,
    diedTwice: ({ input, reason }: { input: string; reason: string }) =>
      `Cannot upgrade ${input}: its worker died twice; the second time, ${reason}.`,
  },
  stateIsLink: ({ path }: { path: string }) =>
    `Cannot use ${path}: it is a link, and a batch keeps its records in a folder of its own. Remove it.`,
  reportExists: ({ path }: { path: string }) =>
    `Cannot write ${path}: it exists, and no batch into this folder has written it. Choose another name, or allow it to be replaced with --force.`,
  outputExists: ({ path }: { path: string }) =>
    `Cannot write ${path}: it exists, and no batch has made it. Choose another --out-dir, or allow it to be replaced with --force.`,
  replacesInput: ({ input }: { input: string }) =>
    `The output for an input would replace ${input}, an input itself. Choose another --out-dir.`,
  kinds: {
    withoutEnding: 'without an ending',
    folderLinks: 'links to folders',
    specialFiles: 'special files',
  },
  noInputs: ({ places }: { places: string }) =>
    `Found no backups in ${places}: in folders, files named .zip, .sql, .dump, .db or .tar, also as .gz, .xz, .bz2 or .zst, and folders of a Gogs are taken. Give folders, files, patterns in quotes, or a list with --from-file.`,
  idleBase: ({ base }: { base: string }) =>
    `--base ${base} contains none of the inputs. Name a folder that they are in: outputs are named by the path of their input within it.`,
  nothing: 'nothing',
  badList: ({ list, reason }: { list: string; reason: string }) => `Cannot read the list of inputs ${list}: ${reason}.`,
  sameOutput: ({ one, two, output }: { one: string; two: string; output: string }) =>
    `${one} and ${two} would both be written to ${output}. Name a folder that both are in with --base, or upgrade them in two batches with different --out-dir.`,
  memoryTooLow: ({ megabytes }: { megabytes: number }) =>
    `--max-memory is too low: a batch needs at least ${megabytes}M.`,
  openTooLow: ({ files }: { files: number }) => `--max-open is too low: a batch needs at least ${files}.`,
  noSpace: ({ input, needed, folder, free }: { input: string; needed: number; folder: string; free: number }) =>
    `Did not begin ${input}: its output needs about ${needed} MB, and ${folder} has ${free} MB left. Free some space or choose another --out-dir, then run the batch again.`,
  changed: ({ input }: { input: string }) =>
    `Cannot upgrade ${input}: it changed in the meantime. Wait until it is complete, then run the batch again.`,
  change: ({ table, change }: { table: string; change: string }) => `${table}: ${change}`,
  leftOut: ({ table, count, reason }: { table: string; count: number; reason: string }) =>
    `${table}: ${count} left out, ${reason}`,
  settings: ({ count }: { count: number }) => `app.ini: ${plural(count, 'change')}`,
  unknownReport: ({ path }: { path: string }) =>
    `Cannot tell what kind of report ${path} should be: end its name in .csv, .json or .html.`,
};
