export const en = {
  utf16: ({ name }: { name: string }) => `Cannot read ${name}: it is in UTF-16. Save it as UTF-8.`,
  columnTwice: ({ name }: { name: string }) => `Cannot read ${name}: its first line names a column twice.`,
  unclear: ({ name }: { name: string }) =>
    `Cannot read ${name}: it has tabs and backslashes, but neither quotes nor \\N, so it cannot be told whether \\n is a line break or two characters. Save it as CSV with commas and quotes.`,
  noHeader: ({ name }: { name: string }) =>
    `Cannot read ${name}: its first line does not name the columns of the table. Add a header line with their SQL names.`,
  badLine: ({ name, line, problem }: { name: string; line: number; problem: string }) =>
    `Cannot read ${name}, line ${line}: ${problem}.`,
  badRow: ({ name, line, byte, problem }: { name: string; line: number; byte: number; problem: string }) =>
    `Cannot read ${name}, line ${line} (byte ${byte}): ${problem}.`,
  problems: {
    unclosedQuote: ({ line }: { line: number }) => `a quote is opened on line ${line} and never closed`,
    textAfterQuote: 'a quoted field is followed by more text',
    tooManyFields: ({ most }: { most: number }) => `the row has more than ${most} fields`,
    fieldsForColumns: ({ fields, columns }: { fields: number; columns: number }) =>
      `the row has ${fields} fields for ${columns} columns`,
    rowTooLong: ({ bytes }: { bytes: number }) => `the row is longer than ${bytes} bytes; is a quote never closed?`,
  },
};
