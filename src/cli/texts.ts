/** Texts of the command line: help, errors, progress. */
import { catalogue } from '../core/language.js';
import { en } from './texts/en.js';
import { zh } from './texts/zh.js';

export const texts = catalogue({ en, zh });
