/** Four-byte characters, such as emoji: MySQL's utf8 has at most three bytes per character. */

import { isAscii } from 'node:buffer';
import { danger } from '../../core/danger.js';
import { everyTextSpan } from '../../core/everyTextSpan.js';
import { clauses } from '../../core/language.js';
import { type Cell, CellKind } from '../../core/rows.js';
import { engineNamed } from '../../engines/engineNamed.js';
import type { RowStep } from '../../gogs/stepsFor.js';
import type { Table } from '../../gogs/tables.js';
import type { StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { texts } from './texts.js';

export const FOUR_BYTE_CHARACTERS = danger({
  code: 'four-byte-characters',
  severity: 'warning',
  words: () => texts().fourByteCharacters,
  needsHand: false,
  source: 'measured on MariaDB 10.11; gogs issue 5533',
});

/** One occurrence matters as much as a million, so the search ends early. */
const ENOUGH = 3;

export const fourByteCharacters: StartCheck = ({ engine, names, notice }) => {
  if (engine === undefined || engineNamed(engine).values.wideCharacterSet === undefined) return undefined;
  let found = 0;
  const stepFor = (table: Table): RowStep | undefined => {
    const texts = table.columns.flatMap(({ kind, derived }, index) => (kind === 'text' && !derived ? [index] : []));
    if (texts.length === 0) return undefined;
    const place = placeOf(table, names);
    return (row) => {
      if (found >= ENOUGH || everyTextSpan(row.cells, row.cells.some(isJson) ? lacksBoth : lacksLeadByte))
        return undefined;
      const index = texts.find((candidate) => hasFourByteCharacter(row.cell(candidate)));
      if (index !== undefined) {
        found++;
        notice({ ...FOUR_BYTE_CHARACTERS, place: clauses([place(row), table.columns[index]?.name ?? '']) });
      }
      return undefined;
    };
  };
  return { stepFor };
};

/** First byte of all characters from U+10000 to U+3FFFF; no characters above are in use. */
const LEAD_BYTE = 0xf0;
/** High surrogates for the same range, in JSON escapes: `\ud83d`. */
const SURROGATE = /\\u[dD][89abAB]/;
const SURROGATE_OPENING = Buffer.from('\\ud');
const SHORT = 48;

const isJson = ({ kind }: Cell): boolean => kind === CellKind.JsonText;
const lacksLeadByte = (span: Buffer): boolean => isAscii(span) || !span.includes(LEAD_BYTE);
const lacksBoth = (span: Buffer): boolean => lacksLeadByte(span) && !span.includes(SURROGATE_OPENING);

function hasFourByteCharacter({ kind, bytes, start, end }: Cell): boolean {
  if (kind !== CellKind.Text && kind !== CellKind.JsonText) return false;
  if (end - start < SHORT) {
    for (let i = start; i < end; i++) if (bytes[i] === LEAD_BYTE) return true;
    return false;
  }
  const text = bytes.subarray(start, end);
  // Go writes such characters directly; only other programs escape them.
  return (
    text.includes(LEAD_BYTE) ||
    (kind === CellKind.JsonText && text.includes(SURROGATE_OPENING) && SURROGATE.test(text.toString('latin1')))
  );
}
