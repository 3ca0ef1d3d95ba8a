/**
 * Whether a text consists of the characters from space to tilde. Most texts do, and so need no conversion, escapes or table of
 * widths.
 */
export const isPrintableAscii = (text: string): boolean => PRINTABLE_ASCII.test(text);

const PRINTABLE_ASCII = /^[ -~]*$/;
