/** The value of a default: `'x'::character varying` without quotes and cast. */
export function unquoteDefault(sql: string): string {
  const text = /^'((?:[^']|'')*)'/.exec(sql)?.[1];
  return text === undefined ? sql : text.replaceAll("''", "'");
}
