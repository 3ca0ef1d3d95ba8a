/** Texts longer than the target's column: MySQL in strict mode and PostgreSQL reject the row. */

import { countCharacters } from '../../core/countCharacters.js';
import { danger } from '../../core/danger.js';
import { clauses } from '../../core/language.js';
import { type Cell, CellKind } from '../../core/rows.js';
import { textOf } from '../../core/values.js';
import type { Engine } from '../../engines/Engine.js';
import type { Schema } from '../../gogs/schemas/Schema.js';
import type { RowStep } from '../../gogs/stepsFor.js';
import { columnIndex, type Table } from '../../gogs/tables.js';
import type { CheckContext, StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { texts } from './texts.js';

export const LONG_VALUE = danger({
  code: 'long-value',
  severity: 'error',
  words: () => texts().longValue,
  needsHand: true,
  source: 'measured on the schemas that 0.13.0 and 0.14.3 create; gogs issue 4864',
});

export const longValues: StartCheck = (context) => {
  const { engine } = context;
  return engine && { stepFor: (table) => stepFor(table, engine, context) };
};

interface Limit {
  readonly index: number;
  readonly name: string;
  readonly maxCharacters: number;
  readonly maxBytes: number;
}

function stepFor(table: Table, engine: Engine, context: CheckContext): RowStep | undefined {
  const limits = limitsOf(table, context.target.schemaFor(engine));
  if (limits.length === 0) return undefined;
  const place = placeOf(table, context.names);
  return (row) => {
    for (const limit of limits) {
      const cell = row.cell(limit.index);
      // Fast path: a text has at most as many characters as bytes, and its literal is longer still.
      if (cell.end - cell.start <= Math.min(limit.maxCharacters, limit.maxBytes)) continue;
      const found = excessOf(cell, limit, () => clauses([place(row), limit.name]));
      if (found !== undefined) context.notice({ ...LONG_VALUE, place: found });
    }
    return undefined;
  };
}

function limitsOf(table: Table, { tables }: Schema): Limit[] {
  const schema = tables.find(({ name }) => name === table.name);
  return (schema?.columns ?? [])
    .filter(({ maxCharacters, maxBytes }) => maxCharacters !== undefined || maxBytes !== undefined)
    .map(({ name, maxCharacters = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY }) => ({
      index: columnIndex(table, name),
      name,
      maxCharacters,
      maxBytes,
    }));
}

/** By how much a text is too long, and its place; undefined if it fits. */
function excessOf(cell: Cell, { maxCharacters, maxBytes }: Limit, place: () => string): string | undefined {
  if (cell.kind !== CellKind.Text && cell.kind !== CellKind.JsonText && cell.kind !== CellKind.Json) return undefined;
  const text = textOf(cell) ?? Buffer.alloc(0);
  if (text.length > maxBytes) return texts().bytesAndFit({ place: place(), bytes: text.length, fit: maxBytes });
  if (text.length <= maxCharacters) return undefined;
  const characters = countCharacters(text);
  if (characters <= maxCharacters) return undefined;
  return texts().charactersAndFit({ place: place(), characters, fit: maxCharacters });
}
