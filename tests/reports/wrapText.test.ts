import { expect, test } from '@jest/globals';
import { displayWidth } from '../../src/core/displayWidth.js';
import { wrapText } from '../../src/reports/wrapText.js';

const SENTENCE =
  '恢复会把 custom/ 放入 $GOGS_CUSTOM 的文件夹（“自定义”），否则放在程序旁边："no such file"，请见上文。';

test.each([10, 17, 24, 40, 79])(
  'Chinese fits %d columns, keeps Latin words whole and punctuation in its line',
  (width) => {
    const lines = wrapText(SENTENCE, width);
    const tooLong = lines.filter((line) => displayWidth(line) > width && !/^\S*\$GOGS_CUSTOM$/.test(line));
    expect(tooLong).toEqual([]);
    expect(lines.filter((line) => /^[，。、：；？！）”》]|[（“《]$|^ | $/.test(line))).toEqual([]);
    expect(lines.flatMap((line) => line.match(/[$\w/"]+/g) ?? [])).toEqual(SENTENCE.match(/[$\w/"]+/g));
    expect(lines.join('').replaceAll(' ', '')).toBe(SENTENCE.replaceAll(' ', ''));
  },
);

test('English breaks at spaces, and line breaks of the text are kept', () => {
  expect(wrapText('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrapText('第一行\n第二行', 40)).toEqual(['第一行', '第二行']);
});
