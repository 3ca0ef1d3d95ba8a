import { listed } from '../../core/language.js';

const MOST_SHOWN = 5;

/** The first few places: `a, b, c, d, e, …` */
export const firstOf = (places: readonly string[]): string =>
  listed(places.length > MOST_SHOWN ? [...places.slice(0, MOST_SHOWN), '…'] : places);
