import { expect, test } from '@jest/globals';
import { cutToWidth, displayWidth, padEnd, padStart } from '../../src/core/displayWidth.js';

test('a Chinese character takes two columns, and a colour none', () => {
  expect(displayWidth('Gogs 备份')).toBe(9);
  expect(displayWidth('\u001b[31m失败\u001b[39m')).toBe(4);
  expect([padEnd('失败', 6), padStart('4 行', 6), padEnd('已升级', 2)]).toEqual(['失败  ', '  4 行', '已升级']);
});

test('a text is cut between characters, so that a line of progress never wraps', () => {
  expect([5, 6, 7, 8, 80].map((columns) => cutToWidth('a 备份 b', columns))).toEqual([
    'a 备',
    'a 备份',
    'a 备份 ',
    'a 备份 b',
    'a 备份 b',
  ]);
  expect(cutToWidth('😀😀', 3)).toBe('😀');
});
