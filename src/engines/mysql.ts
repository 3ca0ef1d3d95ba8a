/** MySQL and MariaDB. */

import { charactersOf, integerBitsOf } from './columnTypes.js';
import type { DatabaseAccess, DatabaseEngine } from './DatabaseEngine.js';
import { hostAndPort } from './hostAndPort.js';
import { quoteWith } from './quote.js';

const QUOTE = '`';

// Sizes of the text types: https://dev.mysql.com/doc/refman/8.0/en/storage-requirements.html#data-types-storage-reqs-strings
const TEXT_BYTES: readonly (readonly [type: RegExp, bytes: number])[] = [
  [/^tinytext/i, 255],
  [/^text/i, 65_535],
  [/^mediumtext/i, 16_777_215],
];

/** `localhost` alone would be a socket, while the program connects to a port. */
const asProgram = ({ host, user }: DatabaseAccess): string[] => {
  const at = hostAndPort(host);
  const isSocket = at.host?.startsWith('/') === true;
  return [
    ...(at.host === undefined ? [] : [isSocket ? '-S' : '-h', at.host]),
    ...(at.host === 'localhost' ? ['--protocol=TCP'] : []),
    ...(at.port === undefined ? [] : ['-P', at.port]),
    ...(user === undefined ? [] : ['-u', user, '-p']),
  ];
};

export const MYSQL = {
  name: 'mysql',
  product: 'MySQL',
  schemes: ['mysql', 'mariadb'],
  port: 3306,
  values: {
    integerBits: integerBitsOf,
    // MySQL 8.0.19 and later leave out the display width, except that of tinyint(1):
    // https://dev.mysql.com/doc/refman/8.0/en/numeric-type-attributes.html
    plainType: (type) =>
      type
        .toLowerCase()
        .replace(/^integer\b/, 'int')
        .replace(/^((?:tiny|small|medium|big)?int) ?\((?:\d\d+|[02-9])\)/, '$1'),
    textLimit(type) {
      // text(n) is the smallest type that holds n bytes.
      const sized = /^text ?\((\d+)\)/i.exec(type)?.[1];
      const maxBytes = TEXT_BYTES.find(([pattern, bytes]) =>
        sized === undefined ? pattern.test(type) : bytes >= Number(sized),
      )?.[1];
      return maxBytes === undefined ? charactersOf(type) : { maxBytes };
    },
    takesNul: true,
    checksUtf8: true,
    checksUuids: false,
    checksTimes: true,
    // https://dev.mysql.com/doc/refman/8.0/en/fractional-seconds.html
    timeDigits(type) {
      const found = /^(?:datetime|timestamp)(?: ?\((\d)\))?$/i.exec(type);
      const digits = Number(found?.[1] ?? 0);
      return found === null || digits === 6 ? undefined : digits;
    },
    // Its `utf8` holds at most three bytes per character: https://dev.mysql.com/doc/refman/8.0/en/charset-unicode-utf8mb3.html
    wideCharacterSet: 'utf8mb4',
    // Gogs' tables use utf8mb4_general_ci.
    comparesCase: false,
  },
  sql: {
    nameQuote: QUOTE,
    backslashEscapes: true,
    // Those of columns never do, those of tables not on every server.
    namesKeepCase: false,
    reachesOtherDatabases: true,
    // Backslashes are escapes unless NO_BACKSLASH_ESCAPES is set, so this sets the mode. STRICT: an error instead of a
    // truncated value. NO_AUTO_VALUE_ON_ZERO: an id 0 stays 0.
    opening: [
      'SET NAMES utf8mb4;',
      "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,STRICT_ALL_TABLES';",
      "SET SESSION time_zone = '+00:00';",
      'SET SESSION foreign_key_checks = 0;\n',
    ].join('\n'),
    // Each definition commits implicitly, so the transaction begins after them.
    beginRows: 'START TRANSACTION;\n',
    endRows: 'COMMIT;\n',
    closing: '',
    nextId: (table, _column, next) => `ALTER TABLE ${quoteWith(QUOTE, table)} AUTO_INCREMENT = ${next};\n`,
    countsGivenIds: true,
    idsAfterLargest: () => '',
    createTemporaryTable: 'CREATE TEMPORARY TABLE',
    dropTemporaryTable: 'DROP TEMPORARY TABLE',
    updateFrom: ({ table, stage, sameRow, columns }) =>
      `UPDATE ${table} JOIN ${stage} AS stage ON ${sameRow} ` +
      `SET ${columns.map((name) => `${table}.${name} = stage.${name}`).join(', ')};\n`,
  },
  dumps: {
    signatures: [
      { pattern: /^-- MariaDB dump /m, producer: 'mariadb-dump' },
      { pattern: /^-- MySQL dump /m, producer: 'mysqldump' },
      { pattern: /phpMyAdmin SQL Dump/, producer: 'phpMyAdmin' },
    ],
    traits: [
      /\bENGINE ?= ?(InnoDB|MyISAM|Aria)\b/gi,
      /\bAUTO_INCREMENT\b/gi,
      /\/\*!\d{5}/g,
      /\b(TINYINT|BIGINT|INT)\(\d+\)/gi,
      /\b(LOCK TABLES|SET NAMES)\b/gi,
    ],
    binaries: [],
  },
  client: {
    createDatabase: (database) => [
      'mariadb',
      '-e',
      `CREATE DATABASE ${quoteWith(QUOTE, database)} CHARACTER SET utf8mb4`,
    ],
    createUser: undefined,
    readInput: (database, access) => ['mariadb', ...asProgram(access), database],
    readFile: (database, path, access) => ['mariadb', ...asProgram(access), database, '-e', `source ${path}`],
    dump: (database, path, access) => [
      ...['mysqldump', '--single-transaction', '--default-character-set=utf8mb4'],
      ...asProgram(access),
      ...['-r', path, database],
    ],
  },
} satisfies DatabaseEngine;
