/** The folder that holds package.json, as seen from `build/packaging/`. */
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../', import.meta.url));
