/** The folder of package.json, relative to `build/packaging/`. */
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../', import.meta.url));
