/** `npm run build`, once everything is compiled. */
import { bundle } from './bundle.js';
import { writeManPage } from './manPage.js';

await bundle();
writeManPage();
