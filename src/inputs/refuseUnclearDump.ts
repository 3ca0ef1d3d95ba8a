/** Refuses dumps whose rows are not what a database would hold after loading them. */
import { InputError } from '../core/errors.js';
import type { SqlChange, SqlDump, SqlTable } from '../formats/sql/SqlDump.js';
import { isUtf8Name } from '../formats/sql/SqlSession.js';
import { suggestedEncoding } from '../formats/sql/suggestedEncoding.js';

/** A dump that ends before its rows are all there, or says itself that it is not whole. */
export function refuseIncomplete(input: string, { complete, damaged, uncommitted, kind }: SqlDump): void {
  if (damaged) {
    throw new InputError(
      `Cannot use ${input}: sqlite3 found the database damaged while it dumped it, and takes the rows back at the end (ROLLBACK). ` +
        'Rescue what can be read: sqlite3 gogs.db .recover > recovered.sql, and upgrade that.',
    );
  }
  if (complete === false || (uncommitted !== undefined && kind.producer === 'sqlite3')) {
    throw new InputError(
      `Cannot use ${input}: it lacks the closing line that ${kind.producer} writes, so it was cut off. ` +
        'Make the dump anew, and check that the disk was not full.',
    );
  }
  if (uncommitted !== undefined) {
    throw new InputError(
      `Cannot use ${input}: nothing commits the transaction that begins on line ${uncommitted.line}, so a database would not keep ` +
        'its rows. Was the dump cut off? Make it anew, or add COMMIT; at its end.',
    );
  }
}

/** Statements of which only a database could tell what they make of the rows. */
export function refuseChanges(input: string, changes: readonly SqlChange[]): void {
  const [first] = changes.toSorted((a, b) => a.start - b.start);
  if (first === undefined) return;
  const what = first.opening === '' ? 'the statement' : `\`${first.opening}\``;
  throw new InputError(
    `Cannot read ${input}, line ${first.line} (byte ${first.start}): ${what} ${first.effect}. What a database would hold then ` +
      'cannot be told from the file. Load it into an empty database, dump that, and upgrade the new dump.',
  );
}

/** Gogs' databases are UTF-8; bytes of another character set would be taken for it, and every umlaut be wrong. */
export function refuseUnclearRows(input: string, tables: readonly SqlTable[], isTranscoded: boolean): void {
  for (const { name, rows } of tables) {
    for (const { rules, line, statementStart } of rows) {
      const { encoding, unclear } = rules;
      const place = `line ${line} (byte ${statementStart})`;
      if (unclear !== undefined) {
        throw new InputError(
          `Cannot read the rows of ${name} in ${input}, ${place}: the dump sets ${unclear} to what only its server knows. ` +
            'Load it into an empty database, dump that, and upgrade the new dump.',
        );
      }
      if (isTranscoded || encoding === undefined || isUtf8Name(encoding)) continue;
      throw new InputError(
        `Cannot read the rows of ${name} in ${input}, ${place}: the dump says that they are in the character set ${encoding}. ` +
          `Give --encoding ${suggestedEncoding(encoding) ?? 'LABEL'} to have it read, or make the dump in UTF-8: ` +
          'mysqldump --default-character-set=utf8mb4, pg_dump --encoding=UTF8.',
      );
    }
  }
}
