import type { Translation } from '../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  upgrade: ({ target }) => `把备份升级到 Gogs ${target}`,
  leavesInput: '输入保持不变。',
  prove: ({ target }) => `确认 Gogs ${target} 可以直接恢复它`,
  nothingToUpgrade: ({ target }) =>
    `它由 Gogs ${target} 写成，升级不会改变任何内容。只有在要换用其他数据库引擎或 SQL 时才需要升级。`,
};
