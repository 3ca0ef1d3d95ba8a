/** Maps names of character sets in engines and programs to labels of https://encoding.spec.whatwg.org/#names-and-labels. */

const LABELS: readonly (readonly [names: RegExp, label: string])[] = [
  [/^(?:gbk|gb2312|gb18030|euc_cn|cp936|code page 936)$/, 'gb18030'],
  [/^(?:big5|cp950|code page 950)$/, 'big5'],
  [/^(?:sjis|cp932|shift_jis(?:_2004)?|code page 932)$/, 'shift_jis'],
  [/^(?:ujis|eucjpms|euc_jp|euc_jis_2004)$/, 'euc-jp'],
  [/^(?:euckr|euc_kr|uhc|code page 949)$/, 'euc-kr'],
  // MySQL's latin1 is Windows-1252.
  [/^(?:latin1|code page 28591)$/, 'windows-1252'],
  [/^(?:latin2|iso_8859_2)$/, 'iso-8859-2'],
  [/^latin5$/, 'windows-1254'],
  [/^latin9$/, 'iso-8859-15'],
  [/^(?:greek|iso_8859_7)$/, 'iso-8859-7'],
  [/^(?:hebrew|iso_8859_8)$/, 'iso-8859-8'],
  [/^koi8r?$/, 'koi8-r'],
  [/^koi8u$/, 'koi8-u'],
  [/^(?:tis620|win874|code page 874)$/, 'windows-874'],
];

/** The label for `--encoding`; undefined if unknown. */
export function suggestedEncoding(name: string): string | undefined {
  const lower = name.toLowerCase();
  const windows = /^(?:cp|win|code page )(125\d)$/.exec(lower)?.[1];
  if (windows !== undefined) return `windows-${windows}`;
  return LABELS.find(([names]) => names.test(lower))?.[1];
}
