/** Creates the other files of the package besides the bundle: the manual page, and the types of the library. */
import { writeManPage } from './manPage.js';
import { rollUpTypes } from './rollUpTypes.js';

writeManPage();
rollUpTypes();
