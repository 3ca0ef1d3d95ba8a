/** PostgreSQL. */
import { charactersOf, integerBitsOf } from './columnTypes.js';
import type { Command, DatabaseAccess, DatabaseEngine } from './DatabaseEngine.js';
import { hostAndPort } from './hostAndPort.js';
import { quoteText, quoteWith } from './quote.js';
import { texts } from './texts.js';
import { updateFromStage } from './updateFromStage.js';

const QUOTE = '"';

/** Aliases: https://www.postgresql.org/docs/15/datatype.html#DATATYPE-TABLE. A serial column is a whole number with a sequence. */
const TYPE_NAMES: readonly (readonly [alias: RegExp, name: string])[] = [
  [/^(?:int8|bigserial|serial8)$/, 'bigint'],
  [/^(?:int|int4|serial|serial4)$/, 'integer'],
  [/^(?:int2|smallserial|serial2)$/, 'smallint'],
  [/^bool$/, 'boolean'],
  [/^varchar\b/, 'character varying'],
  [/^(?:bp)?char\b/, 'character'],
  [/^timestamptz\b(.*)$/, 'timestamp$1 with time zone'],
  [/^timestamp(\(\d\))?$/, 'timestamp$1 without time zone'],
];

/** pg_get_serial_sequence takes the table as a quoted name inside a text. */
const sequenceOf = (table: string, column: string): string =>
  `pg_get_serial_sequence(${quoteText(quoteWith(QUOTE, table))}, ${quoteText(column)})`;

/** As the program itself: tables belong to whoever creates them, and nobody else may read them. */
const asProgram = ({ host, user }: DatabaseAccess): string[] => {
  const at = hostAndPort(host);
  return [
    ...(at.host === undefined ? [] : ['-h', at.host]),
    ...(at.port === undefined ? [] : ['-p', at.port]),
    ...(user === undefined ? [] : ['-U', user]),
  ];
};

const readInput = (database: string, access: DatabaseAccess): Command => [
  ...['psql', '-v', 'ON_ERROR_STOP=1'],
  ...asProgram(access),
  ...['-d', database],
];

export const POSTGRES = {
  name: 'postgres',
  product: 'PostgreSQL',
  schemes: ['postgres', 'postgresql'],
  port: 5432,
  values: {
    integerBits: integerBitsOf,
    plainType: (type) =>
      TYPE_NAMES.reduce(
        (name, [alias, replacement]) => name.replace(alias, replacement),
        type.toLowerCase().replaceAll(/ ?([(),]) ?/g, '$1'),
      ),
    textLimit: charactersOf,
    takesNul: false,
    checksUtf8: true,
    checksUuids: true,
    checksTimes: true,
    timeDigits: () => undefined,
    wideCharacterSet: undefined,
    comparesCase: true,
  },
  sql: {
    nameQuote: QUOTE,
    backslashEscapes: false,
    namesKeepCase: true,
    reachesOtherDatabases: false,
    opening: [
      "SET client_encoding = 'UTF8';",
      'SET standard_conforming_strings = on;',
      'SET client_min_messages = warning;',
      'BEGIN;\n',
    ].join('\n'),
    beginRows: '',
    endRows: '',
    closing: 'COMMIT;\n',
    nextId: (table, column, next) =>
      `SELECT setval(${sequenceOf(table, column)}, ${next > 1n ? next - 1n : 1n}, ${next > 1n});\n`,
    countsGivenIds: false,
    idsAfterLargest: (table, column) =>
      `SELECT setval(${sequenceOf(table, column)}, (SELECT max(${quoteWith(QUOTE, column)}) FROM ${quoteWith(QUOTE, table)}));\n`,
    createTemporaryTable: 'CREATE TEMP TABLE',
    dropTemporaryTable: 'DROP TABLE',
    updateFrom: updateFromStage,
  },
  dumps: {
    signatures: [{ pattern: /^-- PostgreSQL database (cluster )?dump/m, producer: 'pg_dump' }],
    traits: [
      /^COPY [^\n]+ FROM stdin\b/gim,
      /\bINSERT INTO "?public"?\./gi,
      /\b(BIGSERIAL|SERIAL|BYTEA|character varying|timestamp with(out)? time zone)\b/gi,
      /\b(standard_conforming_strings|pg_catalog|nextval)\b/gi,
    ],
    binaries: [
      {
        magic: 'PGDMP',
        found: () => texts().customFormat,
      },
    ],
  },
  client: {
    // From PostgreSQL 15 on, only its owner may create tables in a database.
    createDatabase: (database, { user }) => [
      ...['createdb', '--encoding', 'UTF8'],
      ...(user === undefined ? [] : ['--owner', user]),
      database,
    ],
    createUser: (user) => ['createuser', '--pwprompt', user],
    readInput,
    readFile: (database, path, access) => [...readInput(database, access), '-f', path],
    dump: (database, path, access) => ['pg_dump', ...asProgram(access), '-f', path, database],
  },
} satisfies DatabaseEngine;
