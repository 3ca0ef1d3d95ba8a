import { expect, test } from '@jest/globals';
import { Row } from '../../../src/core/rows.js';
import { textOf } from '../../../src/core/values.js';
import { JsonLinesReader } from '../../../src/formats/json/JsonLinesReader.js';
import { GOGS } from '../../../src/gogs/gogsHistory.js';
import { GoStruct } from '../../../src/gogs/restore/GoStruct.js';
import { goKeysOf } from '../../../src/gogs/restore/goKeysOf.js';
import { columnIndex, type Table } from '../../../src/gogs/tables.js';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
/** The other members of a label. */
const REST = ',"RepoID":1,"Color":"","NumIssues":0,"NumClosedIssues":0}';

/** The values of a table's rows after decoding, column by column, and the reported problems. */
function decode(
  type: string,
  columns: string[],
  lines: readonly (object | string | Buffer)[],
  to = '0.13',
): { rows: unknown[][]; problems: string[] } {
  const target = GOGS.targetNamed(to);
  const table = GOGS.tableOfType(type) as Table;
  const row = new Row(table.columns.length);
  const struct = new GoStruct(table, target);
  const rows: unknown[][] = [];
  const problems: string[] = [];
  const take = (): void => {
    struct.take(row, (problem, key) => problems.push(`${problem} ${key}`));
    rows.push(columns.map((name) => textOf(row.cell(columnIndex(table, name)))?.toString()));
  };
  const meaningOf = goKeysOf(table, target);
  const skipsNulls = target.restore.jsonDecoder === 'encoding/json';
  const options = { file: type, meaningOf, maxLineBytes: 1e6, strict: true, skipsNulls };
  const reader = new JsonLinesReader(options, row, { row: take });
  for (const line of lines) {
    const text = typeof line === 'string' || Buffer.isBuffer(line) ? line : JSON.stringify(line);
    reader.feed(Buffer.concat([Buffer.from(text), Buffer.from('\n')]));
  }
  return { rows, problems };
}

test('a missing key keeps the value of the previous row, through xorm', () => {
  const lines = [
    { ID: 1, UserID: 5, RepoID: 7 },
    { ID: 2, RepoID: 8 },
    { ID: 3, UserID: 6, RepoID: 9 },
  ];
  const { rows, problems } = decode('Star', ['id', 'uid', 'repo_id'], lines);
  expect(rows).toEqual([
    ['1', '5', '7'],
    ['2', '5', '8'],
    ['3', '6', '9'],
  ]);
  expect(problems).toEqual(['missing UserID']);
});

test('a missing key is zero, through gorm', () => {
  const lines = [
    { ID: 1, UserID: 5, FollowID: 7 },
    { ID: 2, FollowID: 8 },
  ];
  expect(decode('Follow', ['id', 'user_id', 'follow_id'], lines).rows).toEqual([
    ['1', '5', '7'],
    ['2', '0', '8'],
  ]);
});

test('a null text is empty, not that of the previous row', () => {
  const lines = [
    { ID: 1, RepoID: 1, Name: 'bug' },
    { ID: 2, RepoID: 1, Name: null },
    { ID: 3, RepoID: 1 },
  ];
  expect(decode('Label', ['name'], lines).rows).toEqual([['bug'], [''], ['']]);
});

test('a key is found regardless of case, but not under a former name', () => {
  const { rows, problems } = decode(
    'Star',
    ['uid'],
    [
      { id: 1, userid: 5, REPOID: 7 },
      { ID: 2, UID: 6, RepoID: 7 },
    ],
  );
  expect(rows).toEqual([['5'], ['5']]);
  expect(problems).toEqual(['missing UserID']);
});

test('the last of several equal keys counts', () => {
  expect(decode('Star', ['uid'], ['{"ID":1,"UserID":5,"RepoID":7,"UserID":0}']).rows).toEqual([['0']]);
});

test.each([
  ['a text', '"7"'],
  ['a fraction', '7.5'],
  ['an exponent', '7e1'],
  ['beyond 64 bits', '9223372036854775808'],
  ['true', 'true'],
])('a number that is %s does not fit', (_, value) => {
  expect(decode('Star', [], [`{"ID":1,"UserID":${value},"RepoID":7}`]).problems).toEqual(['unfit UserID']);
});

test('the largest and the smallest 64-bit numbers fit', () => {
  const lines = ['{"ID":1,"UserID":9223372036854775807,"RepoID":-9223372036854775808}'];
  expect(decode('Star', [], lines).problems).toEqual([]);
});

// Measured with encoding/json of Go 1.26, on a struct of the same fields.
test.each<[string, string | Buffer, string, string[]]>([
  ['a byte that is no UTF-8', latin1('"Name":"a\xffb"'), 'a\ufffdb', ['replaced Name']],
  ['a character that is cut short', latin1('"Name":"\xe4\xb8x"'), '\ufffd\ufffdx', ['replaced Name']],
  ['half a surrogate pair in UTF-8', latin1('"Name":"\xed\xa0\x80"'), '\ufffd\ufffd\ufffd', ['replaced Name']],
  ['an overlong slash', latin1('"Name":"\xc0\xaf"'), '\ufffd\ufffd', ['replaced Name']],
  ['half a surrogate pair as an escape', '"Name":"\\ud800x"', '\ufffdx', []],
  ['a null after the value', '"Name":"x","Name":null', 'x', []],
  ['another spelling after the value', '"Name":"x","name":"y"', 'y', []],
  ['another spelling before the value', '"name":"y","Name":"x"', 'x', []],
])('for 0.15, %s', (_, members, name, problems) => {
  const line = Buffer.concat([Buffer.from('{"ID":1,'), Buffer.from(members), latin1(REST)]);
  expect(decode('Label', ['name'], [line], '0.15')).toEqual({ rows: [[name]], problems });
});

test('for 0.15 a key may contain the long s; for 0.13 that is another key', () => {
  const line = '{"ID":1,"U\u017ferID":5,"RepoID":7}';
  expect(decode('Star', ['uid'], [line], '0.15')).toEqual({ rows: [['5']], problems: [] });
  expect(decode('Star', ['uid'], [line]).problems).toEqual(['missing UserID']);
});

test('for 0.13, bytes that are not UTF-8 are unchanged', () => {
  const line = Buffer.concat([latin1('{"ID":1,"Name":"a\xffb"'), latin1(REST)]);
  expect(decode('Label', [], [line])).toEqual({ rows: [[]], problems: [] });
});
