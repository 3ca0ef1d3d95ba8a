/** Rejects dumps whose rows are not what a database would contain after loading them. */
import { InputError } from '../core/errors.js';
import type { SqlChange, SqlDump, SqlTable } from '../formats/sql/dump/SqlDump.js';
import { isUtf8Name } from '../formats/sql/opening/isUtf8Name.js';
import { suggestedEncoding } from '../formats/sql/opening/suggestedEncoding.js';
import { texts } from './texts.js';

/** Rejects a dump that is truncated, or that says itself that it is incomplete. */
export function refuseIncomplete(input: string, { complete, damaged, uncommitted, kind }: SqlDump): void {
  if (damaged) {
    throw new InputError(texts().unclear.damaged({ input }));
  }
  if (complete === false || (uncommitted !== undefined && kind.producer === 'sqlite3')) {
    throw new InputError(texts().unclear.cutOff({ input, program: kind.producer }));
  }
  if (uncommitted !== undefined) {
    throw new InputError(texts().unclear.uncommitted({ input, line: uncommitted.line }));
  }
}

/** Rejects statements whose effect on rows only a database could tell. */
export function refuseChanges(input: string, changes: readonly SqlChange[]): void {
  const [first] = changes.toSorted((a, b) => a.start - b.start);
  if (first === undefined) return;
  const { theStatement, change, secondDump } = texts().unclear;
  const statement = first.opening === '' ? theStatement : `\`${first.opening}\``;
  const at = { input, line: first.line, byte: first.start, statement, effect: first.effect };
  throw new InputError(first.isSecondDump === true ? secondDump(at) : change(at));
}

/** Databases of Gogs are UTF-8; bytes of another character set would be misread, and every umlaut would be wrong. */
export function refuseUnclearRows(input: string, tables: readonly SqlTable[], isTranscoded: boolean): void {
  for (const { name, rows } of tables) {
    for (const { rules, line, statementStart } of rows) {
      const { encoding, unclear } = rules;
      const at = { table: name, input, line, byte: statementStart };
      if (unclear !== undefined) {
        throw new InputError(texts().unclear.serverSetting({ ...at, setting: unclear }));
      }
      if (isTranscoded || encoding === undefined || isUtf8Name(encoding)) continue;
      const suggestion = suggestedEncoding(encoding) ?? 'LABEL';
      throw new InputError(texts().unclear.otherEncoding({ ...at, encoding, suggestion }));
    }
  }
}
