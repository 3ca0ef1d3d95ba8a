/** What goes into a package besides the bundle: the manual page, types of the library, and the bill of materials. */
import { bundle } from './bundle.js';
import { writeManPage } from './manPage.js';
import { rollUpTypes } from './rollUpTypes.js';
import { writeSbom } from './writeSbom.js';

const metafile = await bundle();
writeManPage();
rollUpTypes();
writeSbom(metafile);
