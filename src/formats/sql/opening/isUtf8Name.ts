/** Whether a dump's name for its character set means UTF-8, or unconverted bytes. */
export function isUtf8Name(encoding: string): boolean {
  return /^(?:utf-?8(?:mb[34])?|unicode|binary|sql_ascii|ascii|us-ascii)$/i.test(encoding);
}
