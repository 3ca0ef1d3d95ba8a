/**
 * Sends the data of a COPY … FROM stdin, which pg leaves to its callers: a query object that answers the server's
 * `CopyInResponse`, like those of https://github.com/brianc/node-postgres/tree/master/packages/pg-query-stream and
 * pg-copy-streams.
 */
import { once } from 'node:events';
import type { Client, Connection } from 'pg';
import { importDriver } from './importDriver.js';

/** Missing in the types of pg. */
interface CopyConnection extends Connection {
  readonly stream: import('node:net').Socket;
  sendCopyFromChunk(bytes: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
}

export async function copyIn(client: Client, sql: string, data: AsyncIterable<Buffer>): Promise<void> {
  const { Query } = importDriver<typeof import('pg')>('pg');
  await new Promise<void>((resolve, reject) => {
    const query = Object.assign(new Query(sql), {
      callback: (error?: Error) => (error ? reject(error) : resolve()),
      handleCopyInResponse: (connection: CopyConnection) => void send(connection, data),
    });
    client.query(query);
  });
}

async function send(connection: CopyConnection, data: AsyncIterable<Buffer>): Promise<void> {
  try {
    for await (const bytes of data) {
      connection.sendCopyFromChunk(bytes);
      if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
    }
    connection.endCopyFrom();
  } catch {
    connection.sendCopyFail('the data cannot be read');
  }
}
