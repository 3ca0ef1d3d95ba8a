import { formatCount } from '../../core/format.js';
import type { Translation } from '../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  badShard: ({ shard }) =>
    `--shard ${shard} 无效：请写作 I/N，I 为 1 到 N，例如 3/16。如果调度程序从 0 开始计数，请把序号加 1。`,
  workers: {
    exited: ({ code }) => `以退出码 ${code} 结束`,
    signalled: ({ signal }) => `被 ${signal} 终止`,
    tooMuchMemory: ({ used, share }) =>
      `使用了 ${used} MB 内存，而它的份额是 ${share} MB；请提高 --max-memory 或降低 --jobs`,
    lastWords: ({ reason, line }) => `${reason}：${line}`,
    diedTwice: ({ input, reason }) => `无法升级 ${input}：它的工作进程两次意外结束；第二次${reason}。`,
  },
  stateIsLink: ({ path }) => `无法使用 ${path}：它是一个链接，而批处理把记录保存在自己的文件夹中。请将其删除。`,
  reportExists: ({ path }) =>
    `无法写入 ${path}：它已存在，而且不是写入此文件夹的批处理生成的。请使用其他名称，或用 --force 允许替换。`,
  outputExists: ({ path }) =>
    `无法写入 ${path}：它已存在，而且不是批处理生成的。请选择其他 --out-dir，或用 --force 允许替换。`,
  replacesInput: ({ input }) => `某个输入的输出会替换 ${input}，而它本身就是输入。请选择其他 --out-dir。`,
  kinds: {
    withoutEnding: '没有扩展名',
    folderLinks: '指向文件夹的链接',
    specialFiles: '特殊文件',
  },
  noInputs: ({ places }) =>
    `在 ${places} 中没有找到备份：在文件夹中会采用名称以 .zip、.sql、.dump、.db 或 .tar（以及再加 .gz、.xz、.bz2 或 .zst）结尾的文件，以及 Gogs 的文件夹。请指定文件夹、文件、加引号的模式，或用 --from-file 指定列表。`,
  idleBase: ({ base }) => `--base ${base} 不包含任何输入。请指定包含它们的文件夹：输出按输入在其中的路径命名。`,
  nothing: '空列表',
  badList: ({ list, reason }) => `无法读取输入列表 ${list}：${reason}。`,
  sameOutput: ({ one, two, output }) =>
    `${one} 和 ${two} 都会写到 ${output}。请用 --base 指定同时包含两者的文件夹，或用不同的 --out-dir 分两次批处理升级。`,
  memoryTooLow: ({ megabytes }) => `--max-memory 太低：批处理至少需要 ${megabytes}M。`,
  openTooLow: ({ files }) => `--max-open 太低：批处理至少需要 ${files}。`,
  noSpace: ({ input, needed, folder, free }) =>
    `没有开始升级 ${input}：它的输出大约需要 ${needed} MB，而 ${folder} 剩余 ${free} MB。请释放空间或选择其他 --out-dir，再重新运行批处理。`,
  changed: ({ input }) => `无法升级 ${input}：它在此期间发生了变化。请等它写完后再重新运行批处理。`,
  change: ({ table, change }) => `${table}：${change}`,
  leftOut: ({ table, count, reason }) => `${table}：略去 ${count} 行，${reason}`,
  settings: ({ count }) => `app.ini：${formatCount(count)} 处更改`,
  unknownReport: ({ path }) => `无法判断 ${path} 是哪种报告：请让名称以 .csv、.json 或 .html 结尾。`,
};
