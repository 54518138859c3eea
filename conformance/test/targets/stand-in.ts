// A server on loopback that answers as a test wants, well or badly, and keeps what it was asked.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface StandIn {
  readonly url: URL;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

/** What is asked, and the answer to write it to. */
export type Behaviour = (asked: Asked, response: ServerResponse, request: IncomingMessage) => void;

export async function standIn(behaviour: Behaviour): Promise<StandIn> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      asked.push(one);
      behaviour(one, response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** AWS JSON with that status. */
export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
}

export const account = '210987654321';

/** Says whose account it is as STS does, or as KMS gives it away. */
export const identities = {
  sts: `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::${account}:assumed-role/Tester/me</Arn><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  kms: {
    __type: 'NotFoundException',
    message: `Key 'arn:aws:kms:us-east-1:${account}:key/00000000-0000-0000-0000-000000000000' does not exist`,
  },
} as const;
