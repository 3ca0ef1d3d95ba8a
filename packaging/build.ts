/** `npm run build`, once everything is compiled. */
import { bundle } from './bundle.js';

await bundle();
