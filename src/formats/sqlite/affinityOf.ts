/** What a column does to values: https://www.sqlite.org/datatype3.html, section 3.1. */
export function affinityOf(type: string): 'text' | 'numeric' | 'real' | 'none' {
  if (/INT/i.test(type)) return 'numeric';
  if (/CHAR|CLOB|TEXT/i.test(type)) return 'text';
  if (/BLOB/i.test(type) || type === '') return 'none';
  return /REAL|FLOA|DOUB/i.test(type) ? 'real' : 'numeric';
}
