import { texts } from './texts.js';

/** What reports and errors call an input that is a stream. */
export const standardInput = (): string => texts().standardInput;
