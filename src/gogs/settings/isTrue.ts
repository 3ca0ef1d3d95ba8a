/** What go-ini takes for true; everything else is false to Gogs: parseBool in key.go@v1.67.0. Case matters: `oN` is false. */
const TRUE: ReadonlySet<string> = new Set('1 t T true TRUE True YES yes Yes y ON on On'.split(' '));

export const isTrue = (value: string): boolean => TRUE.has(value);
