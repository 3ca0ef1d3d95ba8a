import type { Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  cutOff: '文件在一个帧的中间结束',
  notAFrame: '一个帧之后的内容不是帧',
  bomb: ({ name, packed, unpacked }) =>
    `无法解压 ${name}：其中 ${packed} 字节解压后超过 ${unpacked} 字节。如果确实如此，请先自行解压，再指定解压结果。`,
  damaged: ({ name, reason }) => `无法解压 ${name}：${reason}。文件已损坏或被截断：请与原文件比较大小。`,
  noZstd: ({ name }) =>
    `无法解压 ${name}：它用 zstd 压缩，需要 Node 22.15 或更高版本，或 zstd 程序。请安装其中之一，或在别处解压：\`zstd -d FILE\`。`,
  programFailed: ({ program, code }) => `${program} 以代码 ${code} 结束`,
};
