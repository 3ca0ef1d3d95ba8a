/** `npm run build`, after compilation. */
import { bundle } from './bundle.js';
import { writeManPage } from './manPage.js';

await bundle();
writeManPage();
