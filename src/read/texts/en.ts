export const en = {
  unfitValue: ({ place, line, column, problem }: { place: string; line: number; column: string; problem: string }) =>
    `Cannot read ${place}, line ${line}: column ${column} ${problem}.`,
  valueAt: ({ place, line, column }: { place: string; line: number; column: string }) =>
    `${place}, line ${line}: ${column}`,
  noTable: ({ table, tables }: { table: string; tables: string }) => `Gogs has no table ${table}. It has ${tables}.`,
};
