import { texts } from './texts.js';

/** The name of a stream input in reports and errors. */
export const standardInput = (): string => texts().standardInput;
