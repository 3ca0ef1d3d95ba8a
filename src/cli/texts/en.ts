import { formatCount, plural } from '../../core/format.js';

export const en = {
  groups: {
    target: 'Target:',
    input: 'Input:',
    folder: 'A Gogs folder as input:',
    output: 'Output:',
    config: 'app.ini:',
    safety: 'Safety:',
    report: 'Report:',
  },

  /** Options that mean the same for several commands. */
  options: {
    to: ({ previews }: { previews: string }) => `Version of Gogs to upgrade to${previews}`,
    preview: ({ name, asOf }: { name: string; asOf: string }) => `; ${name} is a preview, as of ${asOf}`,
    engine: 'Database engine of the new server; what app.ini names if not given',
    format: 'What to write, if the name of the output does not say',
    exact: 'Also write SQL that corrects what `gogs restore` overwrites',
    layout: 'Write a folder that a new server can start on: beside the program, or for Docker',
    installPath: 'Where that folder will be on the new server; where it is written if not given',
    owner: 'Its owner, as 1000:1000 (for root)',
    filesOnly: 'Leave the database out: only the files, into a zip; the input may lack its database',
    dropExisting: 'Let the SQL drop tables that exist',
    redactTokens: 'Store access tokens so that the output contains no usable one',
    set: 'Set a value in it: section.KEY=value (repeatable)',
    keepConfig: 'Do not upgrade it; --set still applies',
    strict: 'Refuse if something would be lost or needs a hand',
    verify: 'Rehearse the restore of the output before it gets its name; fail if a row is missing',
    dropOrphans: 'Leave out rows that belong to something that no longer exists',
    rehearsal: 'For a test server: webhooks, waiting deliveries, mirrors and mail are held',
    databaseDump: 'Dump of its database, if that is on MySQL or PostgreSQL',
    repositories: 'Folder of its repositories, if [repository] ROOT leads elsewhere',
    databaseName: 'Database of Gogs, if a dump contains several',
    encoding: 'Character set of SQL or CSV that is not UTF-8: gb18030, windows-1252, …',
    maxRowBytes: 'Longest row that is accepted; 256 MiB if not given',
    force: 'Replace an output that exists',
    tempdir: "Folder for temporary files; the system's if not given",
    noChecklist: 'Write no page of next steps beside an output',
    quiet: 'Print errors only',
    verbose: 'Print everything that was done and found, not only what needs action',
    json: 'Write the report as JSON to standard output',
    language: 'Language of messages and reports; that of the system if not given',
    help: 'Show help',
    version: 'Show version number',
  },

  upgrade: {
    brief: 'Upgrade one backup; the default if no command is given',
    summary: 'Upgrade an old backup to one that restores cleanly on Gogs 0.13 or 0.14',
    input:
      'Zip of `gogs backup` or `gogs dump`, gogs.db, folder of a Gogs or tar of it, SQL dump, or folder of CSV files; - is standard input',
    output: 'Zip, .sql, .sql.gz, .db, .csv.zip or folder/ to write; - is standard output',
    sql: 'Write the database as SQL to this file, and only the files to the zip',
    compose: 'With --layout docker: also write docker-compose.yml beside the folder',
    examples: {
      plain: 'A backup for Gogs 0.13',
      otherDatabase: 'For 0.14, with another database',
      postgres: 'The database for PostgreSQL, the files apart',
      folder: 'From what is left of a Docker volume',
      dump: "From a database's own dump",
      streams: 'From and to streams',
    },
    jsonAndOutput: '--json and the output cannot both go to standard output.',
  },

  inspect: {
    brief: 'Show what a backup is and what is dangerous in it; write nothing',
    summary: 'Show what a backup is, what an upgrade would change, and every danger in it; writes nothing',
    input: 'Backup to inspect; - is standard input',
    to: ({ previews }: { previews: string }) => `Version of Gogs that will restore it${previews}`,
    set: 'A setting that the upgrade will be given: section.KEY=value (repeatable)',
    filesOnly: 'Inspect only the files; it may lack its database',
    report: 'Also write a page for a browser to this file',
    force: 'Replace a report that exists',
    tempdir: 'Folder for temporary files; repositories.zip must fit there',
    quiet: 'Show no progress',
    verbose: 'Print everything that is known, not only what needs action',
    json: 'Write what was found as JSON to standard output',
    examples: {
      plain: 'Inspect a backup before the old server goes',
      page: 'A page to show to a colleague',
    },
  },

  verify: {
    brief: 'Prove that a backup restores and that nothing was lost',
    summary: 'Prove that a backup restores: rehearse the restore, and compare with the input',
    archive:
      'Zip that gogs restore is to read, new.sql, new.db, or a folder that a server starts on; - is standard input',
    against: 'Backup that it was made of: every row and file is compared with it; - is standard input',
    to: ({ previews }: { previews: string }) =>
      `Version of Gogs it is for; what its metadata.ini or table version names if not given${previews}`,
    engine: 'Database engine it was made for; what its app.ini names if not given',
    filesOnly: 'It contains only the files: its database comes as SQL',
    redactTokens: 'It was made with --redact-tokens',
    dropOrphans: 'It was made with --drop-orphans',
    rehearsal: 'It was made with --rehearsal',
    set: 'It was made with this --set section.KEY=value (repeatable)',
    keepConfig: 'It was made with --keep-config',
    installPath: 'The server folder was made for this place; where it is if not given',
    database: 'Try the rows on mysql://…, postgres://… or sqlite:FILE, in a scratch database that is dropped again',
    deep: 'Try every row on SQLite, and check every file in repositories.zip',
    tempdir: 'Folder for temporary files',
    verbose: 'Print what was tried for each table',
    examples: {
      against: 'Prove that nothing was lost between the two',
      folder: 'Compare every row and every file of a server folder',
      pipe: 'What comes through a pipe',
      server: 'Try the rows on a real server',
    },
    bothStandardInput: 'The archive and --against cannot both come from standard input.',
    fails: ({ archive, problems }: { archive: string; problems: string }) =>
      `${archive} fails verification: ${problems}.`,
    failsAbove: ({ archive }: { archive: string }) => `${archive} fails verification: see above.`,
  },

  batch: {
    brief: 'Upgrade a whole archive of backups',
    summary: 'Upgrade a whole archive of backups; run it again to do what is missing or changed',
    inputs: 'Folders (all of their backups), files, patterns in quotes; - reads a list from standard input',
    outDir: 'Folder for the outputs, under the names of their inputs, with SHA256SUMS [required]',
    fromFile: 'Read a list of inputs, one per line or with NUL between them; - is standard input',
    base: 'Name outputs by the path of their input within this folder [default: the folder given]',
    jobs: 'Inputs at once [default: one per core]',
    maxMemory: 'Memory for all workers together, such as 512M or 2G [default: three quarters of the memory]',
    maxOpen: 'Files of backups open at once, in all workers together [default: 1024]',
    shard: 'Do the I-th of N shares, I/N, of the same archive',
    report: 'Write a report: .csv, .json or .html; several with commas',
    failFast: 'Begin no more inputs once one has failed',
    sql: 'Write each database as SQL beside its zip, which then contains only the files',
    examples: {
      folder: 'Every backup in a folder and its subfolders',
      pattern: 'By pattern',
      list: 'From a list',
      share: 'The third of sixteen machines',
    },
    needsInputs: 'batch needs inputs: folders, files, patterns in quotes, or a list with --from-file.',
    badSize: ({ size }: { size: string }) => `--max-memory ${size} is not a size: give one such as 512M or 2G.`,
    failed: ({ input, message }: { input: string; message: string }) => `failed ${input}: ${message}`,
  },

  completion: {
    brief: 'Print what lets a shell complete commands and options',
    summary: 'Print a script that lets bash, zsh or fish complete commands, options and their values',
    shell: 'bash, zsh or fish',
    examples: {
      bash: 'In ~/.bashrc',
      zsh: 'In ~/.zshrc, after compinit',
      fish: 'In ~/.config/fish/config.fish',
    },
  },

  exitCodes: {
    0: 'done',
    1: 'a bug in this program, with a stack trace: please report it',
    2: 'the command or its options are wrong',
    3: 'the input cannot be read, is damaged, or is not a Gogs backup',
    4: 'the version of the input is not supported',
    5: 'refused by --strict, or because the engine cannot hold a value',
    6: 'the output cannot be written',
    7: 'batch: some inputs failed',
    8: 'verify: the output fails verification',
    9: 'written, but something needs a hand: an output is not ready yet',
    130: 'interrupted',
  },

  help: {
    usage: ({ call }: { call: string }) => `Usage: ${call} [options]`,
    orCommand: ({ tool }: { tool: string }) => `   or: ${tool} COMMAND [options]`,
    commands: ({ tool }: { tool: string }) => `Commands (${tool} COMMAND --help says more):`,
    examples: 'Examples:',
    exitCodes: 'Exit codes:',
    none: 'none',
    options: 'Options:',
    positionals: 'Positionals:',
    choices: ({ choices }: { choices: string }) => `[choices: ${choices}]`,
    default: 'default:',
    boolean: 'boolean',
    string: 'string',
    number: 'number',
    array: 'array',
    see: ({ command }: { command: string }) => `See ${command} --help.`,
  },

  mistakes: {
    withHelp: ({ problem, help }: { problem: string; help: string }) => `${problem} ${help}`,
    dryRun: ({ tool }: { tool: string }) =>
      `To see what an upgrade would do, without writing anything: ${tool} inspect INPUT`,
    overwrite: 'To replace an output that exists: --force',
    givenTwice: ({ option }: { option: string }) => `--${option} is given twice. Give it once.`,
    needsValue: ({ option }: { option: string }) => `--${option} needs a value.`,
    takesNoValue: ({ option }: { option: string }) => `--${option} takes no value.`,
    notANumber: ({ option, value }: { option: string; value: string }) =>
      `--${option} takes a whole number from 1, not ${value}.`,
    optionMissing: ({ command, option }: { command: string; option: string }) => `${command} needs --${option}.`,
    noCommand: ({ word, guess, help }: { word: string; guess: string; help: string }) =>
      `There is no command ${word}. Did you mean ${guess}? ${help}`,
    noOption: ({ command, option, advice }: { command: string; option: string; advice: string }) =>
      `${command} has no option ${option}. ${advice}`,
    belongsTo: ({ commands }: { commands: string }) => `It belongs to ${commands}.`,
    and: ' and ',
    didYouMean: ({ option }: { option: string }) => `Did you mean --${option}?`,
    needs: ({ command, needed, call }: { command: string; needed: string; call: string }) =>
      `${command} needs ${needed}: ${call}.`,
    a: ({ name }: { name: string }) => `a ${name}`,
    an: ({ name }: { name: string }) => `an ${name}`,
    takes: ({ command, places, extra }: { command: string; places: string; extra: string }) =>
      `${command} takes ${places}; there is also ${extra}. Put names with spaces in quotes.`,
    cannotBe: ({ name, value, choices }: { name: string; value: string; choices: string }) =>
      `${name} cannot be ${value}; it can be ${choices}.`,
    keyboard: ({ tool }: { tool: string }) =>
      `Standard input is a terminal, from which no backup can be read. Redirect one, ${tool} … - < old.zip, or name the file.`,
    screen:
      'Standard output is a terminal, and this output is binary. Send it to a file with > new.zip, or name the output.',
    notPrinted: ({ reason }: { reason: string }) =>
      `Cannot write the report to standard output: ${reason}. The rest is done.`,
  },

  error: 'error:',
  labelled: ({ label, message }: { label: string; message: string }) => `${label} ${message}`,
  bug: ({ tool, version }: { tool: string; version: string }) =>
    `this is a bug in ${tool} ${version}. Please report it with these lines:`,
  interrupted: 'Interrupted.',
  nothingHalfWritten: 'Interrupted: nothing is left half-written.',

  progress: {
    of: ({ done, total }: { done: string; total: string }) => `${done} of ${total}`,
    ofWithLeft: ({ done, total, left }: { done: string; total: string; left: string }) =>
      `${done} of ${total}, ${left} left`,
    workerDied: ({ input, reason }: { input: string; reason: string }) =>
      `${input}: its worker died: ${reason}; trying once more`,
    waiting: 'waiting for another batch',
    rate: ({ inputs, bytes }: { inputs: string; bytes: string }) => `${inputs} per second, ${bytes}/s`,
    left: ({ time }: { time: string }) => `, ${time} left`,
    failures: ({ count }: { count: number }) => `, ${count} failed`,
    doneSoFar: ({ done, inputs }: { done: number; inputs: number }) =>
      `${formatCount(done)} of ${plural(inputs, 'input')} done. Run the same command again to continue: what is done is kept.`,
    failed: 'failed',
    upgraded: 'upgraded',
    kept: 'kept',
    'not begun': 'not begun',
    alreadyAt: ({ release }: { release: string }) => `already ${release}`,
    input: (at: { input: string; change: string; rows: number; size: string; time: string }) =>
      `${at.input}: ${at.change}, ${plural(at.rows, 'row')}, ${at.size}, ${at.time}`,
    inputWithFindings: (at: {
      input: string;
      change: string;
      rows: number;
      findings: number;
      size: string;
      time: string;
    }) =>
      `${at.input}: ${at.change}, ${plural(at.rows, 'row')}, ${plural(at.findings, 'finding')}, ${at.size}, ${at.time}`,
    needsHand: ({ line }: { line: string }) => `${line}; needs a hand`,
    failure: ({ input, message }: { input: string; message: string }) => `${input}: ${message}`,
    summary: ({ output, verdict }: { output: string; verdict: string }) => `${output}: ${verdict}`,
  },
};
