import { plural } from '../../core/format.js';

export const en = {
  columnIsGone: ({ column }: { column: string }) => `${column} is gone`,
  columnIsNew: ({ column }: { column: string }) => `${column} is new`,
  keyIsNow: ({ before, now }: { before: string; now: string }) => `${before} is now ${now}`,
  previewTarget: ({ name, asOf }: { name: string; asOf: string }) => `${name} (preview, as of ${asOf})`,
  preview: ({ name, asOf }: { name: string; asOf: string }) =>
    `Gogs ${name} is not released yet: this is a preview, as of ${asOf}`,
  foreignTable: {
    title: 'Tables that do not belong to Gogs are left out',
    fromBackup: 'A backup has no place for them.',
    fromSql: ({ engine }: { engine: string }) => `They cannot be written as SQL for ${engine}.`,
    remedy: 'If they matter, move them by other means.',
  },
  notForSqlite: ({ engine }: { engine: string }) =>
    `Cannot write a database file for ${engine}: only SQLite has one. Write SQL instead: new.sql.`,
  unfitForEngine: ({ engine, count, places }: { engine: string; count: number; places: string }) =>
    `Cannot write for ${engine}: ${plural(count, 'value')} cannot be stored in its columns: ${places}. Correct them in the input, or choose another engine. Nothing was written.`,
  unfitForRestore: ({ input, count, places }: { input: string; count: number; places: string }) =>
    `Cannot carry over ${input}: ${plural(count, 'value is', 'values are')} not of the type of the column, and a restore would stop there: ${places}. Correct them in the input, or leave the rows out.`,
  unfitValue: {
    title: 'Values are not of the type of their column',
    consequence: 'A restore would stop there, so no backup is written.',
    remedy:
      'Correct the value in the input, or leave the row out. SQL, a database file and a server folder take a time in another notation, and CSV takes any value.',
  },
  unfitPlace: ({ table, line, column }: { table: string; line: number; column: string }) =>
    `${table} line ${line}, ${column}`,
  valueIsUnfit: 'a value is not of the type of its column',
  noSuchTable: ({ release }: { release: string }) => `Gogs ${release} has no such table`,
  theInput: 'the input',
  titleAt: ({ title, places }: { title: string; places: string }) => `${title} (${places})`,
  refused: ({ count, findings }: { count: number; findings: string }) =>
    `Refused, because --strict is given and ${plural(count, 'finding needs a hand', 'findings need a hand')}: ${findings}. Nothing was written.`,
};
