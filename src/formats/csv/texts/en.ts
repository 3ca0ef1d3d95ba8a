export const en = {
  utf16: ({ name }: { name: string }) => `Cannot read ${name}: it is in UTF-16. Save it as UTF-8.`,
  columnTwice: ({ name }: { name: string }) => `Cannot read ${name}: its first line names a column twice.`,
  unclear: {
    backslash: ({ name, line }: { name: string; line: number }) =>
      `Cannot read ${name}, line ${line}: it cannot be told whether a backslash escapes what follows, as in \\n for a line break, or stands for itself. Export the table as SQL, or as CSV with a header line, commas and doubled quotes.`,
    quote: ({ name, line }: { name: string; line: number }) =>
      `Cannot read ${name}, line ${line}: it cannot be told whether the quotes around a field are part of its text. Export the table as SQL, or as CSV with a header line, commas and doubled quotes.`,
  },
  /** After the name and the line. */
  doubts: {
    nullWord: 'NULL or \\N without quotes is taken for no value',
    backslash: 'a backslash is taken for itself, not for an escape',
    escape: 'a backslash is taken for an escape, not for itself',
    quote: 'quotes around a field are taken for part of its text',
    apostrophe: "'' within quotes is taken for two apostrophes; pgAdmin writes it for one",
    lineEnd: 'a carriage return before the line end is taken for part of it, although other lines have none',
    openEnd: 'the last row has no line end, so its last value may be cut off',
  },
  doubtAt: ({ name, line, doubt }: { name: string; line: number; doubt: string }) => `${name}, line ${line}: ${doubt}`,
  onlyCr: ({ name }: { name: string }) =>
    `Cannot read ${name}: its lines end with a carriage return alone, as on old Macs. Save it with line ends of Windows or Unix.`,
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
