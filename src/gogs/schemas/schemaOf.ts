/** Finds the schema of a release and an engine. */
import type { Engine } from '../engines.js';
import type { TargetName } from '../targets.js';
import { mysql013 } from './mysql013.js';
import { mysql014 } from './mysql014.js';
import { postgres013 } from './postgres013.js';
import { postgres014 } from './postgres014.js';
import type { Schema } from './Schema.js';
import { sqlite013 } from './sqlite013.js';
import { sqlite014 } from './sqlite014.js';

const SCHEMAS: Readonly<Record<TargetName, Readonly<Record<Engine, Schema>>>> = {
  '0.13': { mysql: mysql013, postgres: postgres013, sqlite3: sqlite013 },
  '0.14': { mysql: mysql014, postgres: postgres014, sqlite3: sqlite014 },
};

export function schemaOf(release: TargetName, engine: Engine): Schema {
  return SCHEMAS[release][engine];
}
