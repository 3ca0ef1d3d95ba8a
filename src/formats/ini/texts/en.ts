export const en = {
  theFile: 'the ini file',
  cannotQuote: ({ key }: { key: string }) =>
    `Cannot write a value for ${key}: an ini file has no quotes for a text of several lines that contains both \` and """. Choose another value.`,
  cannotSpellKey: ({ key }: { key: string }) => `Cannot write the key ${key}: an ini file cannot express it.`,
  sectionSpansLines: ({ section }: { section: string }) => `Cannot write the section ${section}: it spans lines.`,
  unclosedHeader: ({ file, line }: { file: string; line: number }) =>
    `Cannot read ${file}, line ${line}: a section header without "]". Close the bracket.`,
  namelessHeader: ({ file, line }: { file: string; line: number }) =>
    `Cannot read ${file}, line ${line}: a section header without a name. Name the section or delete the line.`,
  unknownLine: ({ file, line }: { file: string; line: number }) =>
    `Cannot read ${file}, line ${line}: neither a comment, a section nor "key = value". Gogs refuses to load this file as well: correct the line or put ";" in front of it.`,
  utf16: ({ file, line }: { file: string; line: number }) =>
    `Cannot read ${file}, line ${line}: neither a comment, a section nor "key = value", because the file is in UTF-16, which some editors on Windows call Unicode. Gogs refuses to load it as well: save it as UTF-8.`,
  unclosedValue: ({ file, line, quote }: { file: string; line: number; quote: string }) =>
    `Cannot read ${file}, line ${line}: a value that begins with ${quote} and never ends. Close the quote.`,
};
