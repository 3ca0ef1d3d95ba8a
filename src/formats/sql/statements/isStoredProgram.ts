/** Tells the bodies of MySQL's triggers, procedures and events from several statements that one delimiter ends. */
import { plainStatement } from '../syntax/plainStatement.js';
import { LONGEST_HEAD, type ScannedStatement } from './ScannedStatement.js';

const PROGRAM = /^(?:CREATE|ALTER|BEGIN)\b[\s\S]*\bEND\b(?: ?[\w$`"]+)?[ ;]*$/i;
/** Its end is not kept. */
const LONG_PROGRAM = /^(?:CREATE|ALTER)\b(?! (?:TEMPORARY )?TABLE\b)/i;

export function isStoredProgram(statement: ScannedStatement): boolean {
  const isWhole = statement.end - statement.start < LONGEST_HEAD;
  return (isWhole ? PROGRAM : LONG_PROGRAM).test(plainStatement(statement.headText(), 'mysql', true));
}
