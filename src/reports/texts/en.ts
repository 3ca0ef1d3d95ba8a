import { formatCount, plural } from '../../core/format.js';

const pressing = (count: number): string => plural(count, 'finding needs a hand', 'findings need a hand');
const outputsPressing = (count: number): string => plural(count, 'output needs a hand', 'outputs need a hand');

export const en = {
  input: ({ form, version, schema }: { form: string; version: string; schema: number }) =>
    `${form} of Gogs ${version}, schema ${schema}`,
  unknownVersion: '(unknown version)',
  rows: ({ count }: { count: number }) => plural(count, 'row'),
  rowsFromTo: ({ before, after }: { before: number; after: number }) =>
    `${formatCount(before)} → ${plural(after, 'row')}`,
  leftOut: ({ count, reason }: { count: number; reason: string }) => `${formatCount(count)} left out: ${reason}`,
  placesAndMore: ({ places, count }: { places: string; count: number }) => `${places}; and ${formatCount(count)} more`,
  titleWithCount: ({ title, count }: { title: string; count: number }) => `${title} (${formatCount(count)})`,
  withCode: ({ text, code }: { text: string; code: string }) => `${text} (${code})`,
  severities: { error: 'error', warning: 'warning', info: 'info' },
  labelled: ({ label, text }: { label: string; text: string }) => `${label}: ${text}`,
  needsHand: 'Needs a hand',
  warnings: 'Warnings',
  goodToKnow: 'Good to know',
  moreOfThisKind: ({ text, count }: { text: string; count: number }) =>
    `${text}; and ${formatCount(count)} more of this kind`,
  infos: ({ count }: { count: number }) =>
    plural(count, 'finding that is good to know', 'findings that are good to know'),
  withVerbose: ({ what }: { what: string }) => `With --verbose also: ${what}`,
  stepsIn: ({ count, page }: { count: number; page: string }) =>
    `All ${plural(count, 'step')}, with what was found: ${page}`,
  stepsAsPage: ({ count }: { count: number }) => `All ${plural(count, 'step')}, as a page: --report FILE.html`,
  places: ({ places }: { places: string }) => `${places}.`,

  upgrade: {
    head: (at: { path: string; format: string; release: string; size: string; time: string }) =>
      `${at.path}: ${at.format} for Gogs ${at.release}, ${at.size}, in ${at.time}`,
    from: ({ path, input }: { path: string; input: string }) => `from ${path}: ${input}`,
    rows: (at: { rowsIn: number; rowsOut: number; tables: number }) =>
      `${plural(at.rowsIn, 'row')} in, ${plural(at.rowsOut, 'row')} out, in ${plural(at.tables, 'table')}`,
    files: ({ files, size }: { files: number; size: string }) => `${plural(files, 'file')} copied unchanged (${size})`,
    verified: ({ time }: { time: string }) =>
      `verified in ${time}: every row is there as gogs restore reads it, and no unique key twice; every file is unchanged`,
    verifiedDatabase: ({ time }: { time: string }) =>
      `verified in ${time}: every row is in the database as the upgrade makes it`,
    verifiedFolder: ({ time }: { time: string }) =>
      `verified in ${time}: every row is in the database as the upgrade makes it; every file is unchanged`,
    whatChanged: 'What changed',
    leftOutOrAdded: 'What was left out or added',
    next: 'Next, on the new server',
    settings: ({ count }: { count: number }) => plural(count, 'change to app.ini', 'changes to app.ini'),
    stepsAbove: 'the steps above',
    stepsNotPrinted: 'the steps that are printed without --quiet',
    pressing: ({ count, steps }: { count: number; steps: string }) =>
      `Written, but ${pressing(count)}: follow ${steps}.`,
    ready: ({ release, steps }: { release: string; steps: string }) => `Ready for Gogs ${release}: follow ${steps}.`,
    readyForTest: ({ release, steps }: { release: string; steps: string }) =>
      `Ready for a test server with Gogs ${release}: follow ${steps}.`,
  },

  inspection: {
    madeOn: ({ input, size, date }: { input: string; size: string; date: string }) => `${input}, ${size}, made ${date}`,
    undated: ({ input, size }: { input: string; size: string }) => `${input}, ${size}`,
    database: ({ engine, rows, tables }: { engine: string; rows: number; tables: number }) =>
      `Database: ${engine}, ${plural(rows, 'row')} in ${plural(tables, 'table')}`,
    unknownEngine: 'unknown engine',
    files: ({ files }: { files: string }) => `Files: ${files}`,
    none: 'none',
    repositories: ({ count, files, size }: { count: number; files: number; size: string }) =>
      `Repositories: ${formatCount(count)}, with ${plural(files, 'file')} (${size})`,
    otherTables: ({ names }: { names: string }) => `Tables that do not belong to Gogs: ${names}`,
    fileGroup: ({ name, count, size }: { name: string; count: number; size: string }) =>
      `${name} ${formatCount(count)} (${size})`,
    otherFiles: 'other',
    largestTables: 'Largest tables',
    moreTables: ({ count }: { count: number }) =>
      `and ${formatCount(count)} more with rows; all of them: --json, --report`,
    wouldChange: ({ release }: { release: string }) => `An upgrade to Gogs ${release} would change`,
    nothing: 'nothing',
    whatToDo: 'What to do',
    theLargestTables: 'the largest tables',
    whatChanges: ({ release }: { release: string }) => `what an upgrade to Gogs ${release} changes`,
    cannot: ({ release }: { release: string }) => `Cannot be upgraded to Gogs ${release}.`,
    ready: ({ release }: { release: string }) => `Ready: can be upgraded to Gogs ${release}.`,
    mends: ({ release }: { release: string }) =>
      `Already for Gogs ${release}, but an upgrade corrects what its restore would lose.`,
    isDone: ({ release }: { release: string }) => `Already for Gogs ${release}: no upgrade is needed.`,
    canPressing: ({ release, count }: { release: string; count: number }) =>
      `Can be upgraded to Gogs ${release}; ${pressing(count)}.`,
    refused: ({ release, count }: { release: string; count: number }) =>
      `Can be upgraded to a backup for Gogs ${release} only once the values named are corrected; ${pressing(count)}.`,
    mendsPressing: ({ release, count }: { release: string; count: number }) =>
      `Already for Gogs ${release}, but an upgrade corrects what its restore would lose; ${pressing(count)}.`,
    isDonePressing: ({ release, count }: { release: string; count: number }) =>
      `Already for Gogs ${release}: no upgrade is needed; ${pressing(count)}.`,
  },

  verification: {
    head: (at: { path: string; format: string; release: string; size: string; time: string }) =>
      `${at.path}: ${at.format} for Gogs ${at.release}, ${at.size}, verified in ${at.time}`,
    doesNotHold: 'Why the verification failed',
    holds: 'Verification passed.',
    fails: 'Verification failed.',
    tables: 'Tables',
    table: ({ table, rows, tried }: { table: string; rows: string; tried: string }) => `${table}: ${rows}; ${tried}`,
    bySql: ({ rows, count }: { rows: string; count: number }) => `${rows}, ${formatCount(count)} more by SQL`,
    expected: ({ rows, count }: { rows: string; count: number }) => `${rows}, ${formatCount(count)} expected`,
    tried: {
      'every column': 'tried with every column',
      keys: 'unique keys compared',
      ids: 'ids compared',
    },
    inDatabase: ({ rows, tables }: { rows: number; tables: number }) =>
      `${plural(rows, 'row')} in ${plural(tables, 'table')}, as a database has them`,
    read: ({ rows, tables }: { rows: number; tables: number }) =>
      `${plural(rows, 'row')} in ${plural(tables, 'table')} ${rows === 1 ? 'is' : 'are'} read by gogs restore`,
    readAndLoaded: (at: { rows: number; tables: number; count: number; path: string }) =>
      `${plural(at.rows, 'row')} in ${plural(at.tables, 'table')} ${at.rows === 1 ? 'is' : 'are'} read by gogs restore, ${formatCount(at.count)} more come from ${at.path}`,
    compared: ({ rows, input }: { rows: number; input: string }) =>
      `${plural(rows, 'row')} expected from ${input}, compared one by one`,
    triedAll: ({ database }: { database: string }) => `rows tried on ${database}, every column`,
    triedInPart: ({ database, tables }: { database: string; tables: string }) =>
      `unique keys compared, and the rows of ${tables} tried on ${database}: --deep tries all rows`,
    keysCompared: 'unique keys compared: --deep also tries all rows on SQLite',
    filesNotChecked: 'its files were not checked: --against compares them',
    files: {
      contents: ({ count }: { count: number }) => `${plural(count, 'file')}, each against its CRC-32`,
      input: ({ count }: { count: number }) => `${plural(count, 'file')}, compared with the input byte by byte`,
      'contents and input': ({ count }: { count: number }) =>
        `${plural(count, 'file')}, each against its CRC-32, and compared with the input byte by byte`,
    },
    repositoriesOpen: ({ files, count }: { files: string; count: number }) =>
      `${files}; repositories.zip opens, ${plural(count, 'entry', 'entries')}`,
  },

  batch: {
    states: { upgraded: 'upgraded', kept: 'kept', failed: 'failed', 'not begun': 'not begun' },
    count: ({ count, state }: { count: number; state: string }) => `${formatCount(count)} ${state}`,
    nothingToDo: 'nothing to do',
    head: ({ counts, time, folder }: { counts: string; time: string; folder: string }) =>
      `${counts}, in ${time}; outputs in ${folder}`,
    failed: 'Failed',
    foreign: 'Not from Gogs',
    needHand: 'Need a hand',
    passedOver: 'Skipped',
    filesOfKind: ({ kind, count, examples }: { kind: string; count: number; examples: string }) =>
      `${kind}: ${plural(count, 'file')} (${examples})`,
    andMore: ({ count }: { count: number }) => `and ${formatCount(count)} more: --verbose or --report`,
    runAgain: 'Run the same command again to continue: what is done is kept, and what failed is tried again.',
    failures: (at: { failed: number; inputs: number }) =>
      `${formatCount(at.failed)} of ${formatCount(at.inputs)} failed`,
    failuresForeign: (at: { failed: number; inputs: number; foreign: number }) =>
      `${formatCount(at.failed)} of ${formatCount(at.inputs)} failed (${formatCount(at.foreign)} not from Gogs)`,
    notBegun: ({ failures, count }: { failures: string; count: number }) =>
      `${failures}, ${formatCount(count)} not begun`,
    failedAndDone: ({ failures, done }: { failures: string; done: number }) =>
      `${failures}; ${formatCount(done)} done.`,
    failedAndPressing: ({ failures, count }: { failures: string; count: number }) =>
      `${failures}; ${outputsPressing(count)}.`,
    donePressing: ({ done, count }: { done: number; count: number }) =>
      `All ${formatCount(done)} done; ${outputsPressing(count)}.`,
    done: ({ done }: { done: number }) => `All ${formatCount(done)} done, and none needs a hand.`,
    nothing: 'Nothing to do.',
  },

  pages: {
    whatToDo: 'What to do:',
    needsHand: 'needs a hand',
    andMore: ({ count }: { count: number }) => `and ${formatCount(count)} more`,
    inspected: 'Gogs backup, inspected',
    inspectedTitle: ({ name }: { name: string }) => `${name}: Gogs backup, inspected`,
    inThisOrder: 'What to do, in this order',
    findings: 'Findings',
    none: 'None.',
    inspectedBy: (at: { tool: string; version: string; release: string; time: string }) =>
      `Made by ${at.tool} ${at.version} for Gogs ${at.release}, in ${at.time}. The backup was only read.`,
    form: 'Form',
    madeBy: 'Made by',
    madeByGogs: ({ version, schema }: { version: string; schema: number }) => `Gogs ${version}, schema ${schema}`,
    madeOn: 'Made on',
    unknown: 'unknown',
    unknownInBrackets: '(unknown)',
    size: 'Size',
    database: 'Database',
    rows: 'Rows',
    rowsInTables: ({ rows, tables }: { rows: number; tables: number }) =>
      `${formatCount(rows)} in ${plural(tables, 'table')}`,
    repositories: 'Repositories',
    noRepositories: 'none in the input',
    files: 'Files',
    noFiles: 'none',
    errors: 'Errors: something is lost or fails unless someone acts',
    warnings: 'Warnings: look at them',
    goodToKnow: 'Good to know',
    wouldChange: ({ release }: { release: string }) => `What an upgrade to Gogs ${release} would change`,
    nothing: 'Nothing.',
    table: 'Table',
    tables: 'Tables',
    rowsIn: 'Rows in',
    rowsOut: 'Rows out',
    changes: 'Changes',
    otherTables: ({ names }: { names: string }) => `Not from Gogs, and not carried over: ${names}.`,
    meaning: 'Contents',
    share: 'Share',
    inRepositories: ({ count }: { count: number }) =>
      `in repositories.zip: ${plural(count, 'repository', 'repositories')}`,
    folder: 'Folder',
    upgradedTitle: ({ count }: { count: number }) => `${plural(count, 'backup')}, upgraded`,
    upgraded: 'Gogs backups, upgraded',
    upgradedInto: ({ count, folder }: { count: number; folder: string }) => `${plural(count, 'backup')} into ${folder}`,
    backups: ({ count }: { count: number }) => plural(count, 'backup'),
    otherFindings: 'Other findings',
    batchBy: (at: { tool: string; version: string; date: string; time: string }) =>
      `Made by ${at.tool} ${at.version} on ${at.date}, in ${at.time}.`,
    shareBy: (at: { tool: string; version: string; date: string; time: string; share: string }) =>
      `Made by ${at.tool} ${at.version} on ${at.date}, in ${at.time}; share ${at.share}.`,
    upgradedNow: 'Upgraded now',
    doneBefore: 'Done before, and whole',
    failed: 'Failed',
    notBegun: 'Not begun',
    needHand: 'Need a hand',
    whatToDoLink: 'what to do',
    backup: 'Backup',
    state: 'State',
    from: 'From',
    seconds: 'Seconds',
    allBackups: 'All backups',
    filter: 'Filter by name or text',
    everyState: 'Every state',
    finding: 'Finding',
    everyFinding: 'Every finding',
    shown: ({ shown, all }: { shown: string; all: string }) => `${shown} of ${all}`,
    states: { ready: 'ready', hand: 'needs a hand', failed: 'failed', 'not begun': 'not begun' },
    before: '(before)',
    alreadyAt: ({ release }: { release: string }) => `already ${release}`,
    checklistTitle: ({ output }: { output: string }) => `What to do with ${output}`,
    checklistFor: ({ format, release }: { format: string; release: string }) => `${format} for Gogs ${release}.`,
    aBackup: 'A backup',
    onNewServer: 'On the new server, in this order',
    settings: 'Changes to app.ini',
  },
};
