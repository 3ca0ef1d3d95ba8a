/**
 * The texts that go-ini reads as true; Gogs treats all others as false: parseBool in key.go@v1.67.0. Case-sensitive: `oN` is
 * false.
 */
const TRUE: ReadonlySet<string> = new Set('1 t T true TRUE True YES yes Yes y ON on On'.split(' '));

export const isTrue = (value: string): boolean => TRUE.has(value);
