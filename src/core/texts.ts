/** What errors of the system, options of the library and formatted numbers say. */
import { catalogue } from './language.js';
import { en } from './texts/en.js';
import { zh } from './texts/zh.js';

export const texts = catalogue({ en, zh });
