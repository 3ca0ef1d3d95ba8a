import type { Translation } from '../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  customFormat: '它是 pg_dump 的自定义格式压缩包；请用 `pg_restore --no-owner -f dump.sql FILE` 转换为 SQL',
  sqliteDatabase: '它是 SQLite 数据库，而不是其转储；请用 `sqlite3 FILE .dump > dump.sql` 转换为 SQL',
};
