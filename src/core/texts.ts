/** Texts of system errors, library options and formatted numbers. */
import { catalogue } from './language.js';
import { en } from './texts/en.js';
import { zh } from './texts/zh.js';

export const texts = catalogue({ en, zh });
