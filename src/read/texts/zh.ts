export const zh = {
  unfitValue: ({ place, line, column, problem }: { place: string; line: number; column: string; problem: string }) =>
    `无法读取 ${place} 第 ${line} 行的列 ${column}：${problem}。`,
  noTable: ({ table, tables }: { table: string; tables: string }) => `Gogs 没有表 ${table}，只有 ${tables}。`,
};
