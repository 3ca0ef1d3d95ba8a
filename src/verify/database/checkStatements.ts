/** Compares the statements of a script, rows apart, with those that an upgrade writes. */
import type { Notice } from '../../core/findings.js';
import { openingOf } from '../../formats/sql/syntax/openingOf.js';
import { plainStatement } from '../../formats/sql/syntax/plainStatement.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import type { Source } from '../../inputs/Source.js';
import { targetInHeading } from '../../outputs/sqlHeading.js';
import { failure } from '../findings/notices.js';
import { texts } from '../texts.js';

/**
 * One notice for each difference. `written`: what an upgrade writes, possibly several statements in one text. `foreignTables`: those
 * of other programs, which it takes over.
 */
export async function checkStatements(
  output: Source,
  target: Target,
  { written, foreignTables }: { readonly written: readonly string[]; readonly foreignTables: readonly string[] },
): Promise<readonly Notice[]> {
  const { engine } = output;
  const stated = await output.statements?.();
  // Another program's dump says the same in other words.
  if (engine === undefined || stated === undefined) return [];
  if (targetInHeading((await output.opening?.()) ?? '', target.history) === undefined) return [];
  const plain = (text: string): string => plainStatement(text, engine, false).replace(/ ?;$/, '');
  const expected = new Map<string, number>();
  for (const text of written.join('').split(/;$/m).map(plain)) {
    if (text !== '' && !isRow(text)) expected.set(text, (expected.get(text) ?? 0) + 1);
  }
  const { title, consequence, added, missing } = texts().statements;
  const found = failure('definition-differs', { title, consequence, remedy: texts().database.remedy });
  const notices: Notice[] = [];
  for (const { line, opening, text, foreignTable } of stated) {
    if (foreignTable !== undefined && foreignTables.includes(foreignTable)) continue;
    const statement = plain(text);
    const count = expected.get(statement) ?? 0;
    if (count > 0) expected.set(statement, count - 1);
    else if (!/^DROP TABLE IF EXISTS /.test(statement)) notices.push({ ...found, place: added({ line, opening }) });
  }
  for (const [statement, count] of expected) {
    if (count > 0) notices.push({ ...found, place: missing({ opening: openingOf(statement, engine) }) });
  }
  return notices;
}

/** sqlite_sequence is filled like any table. */
const isRow = (statement: string): boolean => /^INSERT\b/.test(statement);
