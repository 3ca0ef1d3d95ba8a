/** Tells the bodies of MySQL's triggers, procedures and events from several statements that one delimiter ends. */
import { plainStatement } from '../syntax/plainStatement.js';
import { LONGEST_HEAD, type ScannedStatement } from './ScannedStatement.js';

const PROGRAM =
  /^(?:CREATE|ALTER) (?:OR REPLACE |AGGREGATE |DEFINER ?= ?\S+ ?(?:@ ?\S+ )?)*(?:TRIGGER|PROCEDURE|FUNCTION|EVENT|PACKAGE)\b/i;
const ENDS = /\bEND\b(?: ?[\w$`"]+)?[ ;]*$/i;

export function isStoredProgram(statement: ScannedStatement): boolean {
  const plain = plainStatement(statement.headText(), 'mysql', true);
  // The end of a longer one is not kept.
  return PROGRAM.test(plain) && (statement.end - statement.start >= LONGEST_HEAD || ENDS.test(plain));
}
