export const en = {
  lineTooLong: ({ file, line, bytes }: { file: string; line: number; bytes: number }) =>
    `Cannot read ${file}, line ${line}: it is longer than ${bytes} bytes. If the row is real, allow more with --max-row-bytes.`,
  badLine: ({ file, line, what, byte }: { file: string; line: number; what: string; byte: number }) =>
    `Cannot read ${file}, line ${line}: the line ${what}, at byte ${byte}. Each line must be one JSON object: correct the line, or make the backup again.`,
  truncatedLine: ({ file, line, what, byte }: { file: string; line: number; what: string; byte: number }) =>
    `Cannot read ${file}, line ${line}: the line ${what}, at byte ${byte}. The backup looks truncated: compare its size with the original.`,
  /** Complete "the line …". */
  problems: {
    noObject: 'does not begin with an object',
    endsInObject: 'ends before its object does',
    noCommaBetweenMembers: 'lacks a comma between two members',
    goesOn: 'goes on after its object',
    endsInString: 'ends inside a string',
    controlCharacter: 'has a control character inside a string',
    unknownEscape: 'has an unknown escape in a string',
    badHexEscape: 'has a \\u escape without four hex digits',
    leadingZero: 'has a number with a leading zero',
    endsInNumber: 'ends inside a number',
    badNumber: 'has a malformed number',
    noValue: 'has no JSON value',
    endsInWord: 'ends inside a word',
    badWord: 'has a word that is not JSON',
    endsBeforeValue: 'ends before a value',
    tooDeep: ({ depth }: { depth: number }) => `is nested more than ${depth} deep`,
    endsInContainer: 'ends inside an object or array',
    noCommaBetweenValues: 'lacks a comma between two values',
    endsBeforeKey: 'ends before a key',
    noKey: 'lacks a key in quotes',
    endsAfterKey: 'ends after a key',
    noColon: 'lacks a colon after a key',
  },
};
