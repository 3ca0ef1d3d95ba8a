/** Names a row without showing the rest of its content. */
import { inBrackets } from '../core/language.js';
import type { Row } from '../core/rows.js';
import { integerOf } from '../core/values.js';
import { columnIndex, type Table } from '../gogs/tables.js';
import type { Names } from './Names.js';
import { texts } from './texts.js';

/** `Issue line 7` */
export const lineOf = (table: Table, row: Row): string => texts().line({ table: table.type, line: row.line });

/** `user alice (5)`, `repository alice/app (2)`, `issue alice/app#3 (7)`, `Comment id 7`; the line for a table without ids. */
export function placeOf(table: Table, names: Names): (row: Row) => string {
  if (!table.columns.some(({ name }) => name === 'id')) return (row) => lineOf(table, row);
  const id = columnIndex(table, 'id');
  const nameOf = namer(table, names);
  return (row) => {
    const value = integerOf(row.cell(id));
    if (value === undefined) return texts().noIdAtLine({ table: table.type, line: row.line });
    const name = nameOf(row, value);
    return name === undefined ? `${table.type} id ${value}` : `${name}${inBrackets(value)}`;
  };
}

/** Names a row of any table. */
export const rowPlaces =
  (names: Names) =>
  (table: Table, row: Row): string =>
    placeOf(table, names)(row);

function namer(table: Table, names: Names): (row: Row, id: number) => string | undefined {
  const withWord = (word: 'user' | 'repository' | 'issue', name: string | undefined): string | undefined =>
    name && texts()[word]({ name });
  switch (table.name) {
    case 'user':
      return (_, id) => withWord('user', names.userNamed(id));
    case 'repository':
      return (_, id) => withWord('repository', names.repositoryNamed(id));
    case 'issue': {
      const [repository, index] = [columnIndex(table, 'repo_id'), columnIndex(table, 'index')];
      return (row) => {
        const name = names.repositoryNamed(integerOf(row.cell(repository)) ?? 0);
        return withWord('issue', name && `${name}#${integerOf(row.cell(index)) ?? '?'}`);
      };
    }
    default:
      return () => undefined;
  }
}
