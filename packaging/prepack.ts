/** What goes into a package besides the bundle: types of the library, and the bill of materials. */
import { bundle } from './bundle.js';
import { rollUpTypes } from './rollUpTypes.js';
import { writeSbom } from './writeSbom.js';

const metafile = await bundle();
rollUpTypes();
writeSbom(metafile);
