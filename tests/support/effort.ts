/** The number of cases of tests that could run forever: few in CI, more by hand. */

/** The number in an environment variable, or the default. `GOGS_TEST_FLIPS=10000 npm test` */
export function effort(variable: string, usual: number): number {
  const given = process.env[`GOGS_TEST_${variable}`];
  return given === undefined ? usual : Number(given);
}

/** The number of cases of fast-check: `GOGS_TEST_TIMES=20 npm test` tries twenty times as many. */
export function runs(usual: number): number {
  return usual * effort('TIMES', 1);
}

/** Numbers in [0, 1) that are the same in every run, so that failures can be reproduced. Mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Processor time of the work in this process, in seconds: it hardly depends on other load. */
export async function cpuSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The factor by which the work takes longer for 16 times the size: 16 if it is linear, 256 if it is quadratic. */
export async function growth(size: number, work: (size: number) => unknown): Promise<number> {
  // The large size first, so that the small one does not include compilation.
  const large = await cpuSeconds(() => work(16 * size));
  return large / (await cpuSeconds(() => work(size)));
}

/** Between linear and quadratic. */
export const LINEAR = 64;
