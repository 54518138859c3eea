// Encrypt over HTTP: the door, and a node:http server that answers a constant, asked the same by the same client.

import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { EncryptCommand, type EncryptCommandInput, KMSClient } from '@aws-sdk/client-kms';
import type { Kmsim } from 'kmsim';
import { serve } from 'kmsim';
import type { Alternative } from '../interleave.ts';
import type { Load, Turn } from './load.ts';
import { RawClient } from './raw-client.ts';

export const httpWays = {
  constant: 'node:http, a constant answer',
  door: 'kmsim, serve(sim), signatures strict',
} as const;

export interface HttpBench {
  /** The client in a process of its own. */
  readonly apart: (concurrency: number) => Promise<readonly Alternative[]>;
  /** The client in this process. */
  readonly together: (concurrency: number) => Promise<readonly Alternative[]>;
  readonly close: () => Promise<void>;
}

/** The requests are signed by the SDK now, and good for five minutes. */
export async function openHttp(sim: Kmsim, inputs: readonly EncryptCommandInput[]): Promise<HttpBench> {
  const door = await serve(sim);
  const constant = await constantServer(await answerTo(sim, inputs));
  const requests: string[] = [];
  for (const input of inputs) requests.push(await signed(sim, door.url, input));
  const ways = [
    { name: httpWays.constant, port: constant.port },
    { name: httpWays.door, port: door.port },
  ];
  const child = fork(fileURLToPath(new URL('./load.js', import.meta.url)), { execArgv: [] });
  const clients: RawClient[] = [];
  let loads = 0;
  return {
    apart: async (concurrency) => {
      const alternatives: Alternative[] = [];
      for (const { name, port } of ways) {
        await tell(child, { port, concurrency, requests });
        const load = loads++;
        alternatives.push({ name, run: (times) => tell(child, { load, times }) });
      }
      return alternatives;
    },
    together: async (concurrency) => {
      const bytes = requests.map((text) => Buffer.from(text));
      const alternatives: Alternative[] = [];
      for (const { name, port } of ways) {
        const client = new RawClient(port, concurrency);
        clients.push(client);
        alternatives.push({ name, run: (times) => client.run(bytes, times) });
      }
      return alternatives;
    },
    close: async () => {
      for (const client of clients) client.close();
      child.disconnect();
      await Promise.all([door.close(), constant.close()]);
    },
  };
}

function tell(child: ChildProcess, message: Load | Turn): Promise<void> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('the client process ended'));
    child.once('exit', gone);
    child.once('message', (answer) => {
      child.off('exit', gone);
      if (answer === 'done') resolve();
      else reject(new Error(String(answer)));
    });
    child.send(message);
  });
}

/** What the SDK would send, as bytes on the wire. */
async function signed(sim: Kmsim, endpoint: string, input: EncryptCommandInput): Promise<string> {
  const { credentials, region } = sim.clientConfig();
  let text = '';
  const requestHandler = {
    handle: async ({ body, headers, path }: { body: Uint8Array; headers: Record<string, string>; path: string }) => {
      const lines = Object.entries({ ...headers, connection: 'keep-alive' }).map(
        ([name, value]) => `${name}: ${value}`,
      );
      text = [
        `POST ${path} HTTP/1.1`,
        ...lines,
        '',
        Buffer.from(body.buffer, body.byteOffset, body.length).toString(),
      ].join('\r\n');
      throw new Error('not sent');
    },
  };
  const client = new KMSClient({
    region,
    credentials,
    endpoint,
    requestHandler: requestHandler as never,
    maxAttempts: 1,
  });
  await client.send(new EncryptCommand(input)).catch(() => undefined);
  return text;
}

/** The body and the headers that the door answers with. */
async function answerTo(sim: Kmsim, [input]: readonly EncryptCommandInput[]): Promise<string> {
  const { CiphertextBlob, EncryptionAlgorithm, KeyId } = await sim.as().encrypt(input as never);
  const blob = Buffer.from(CiphertextBlob ?? []).toString('base64');
  return JSON.stringify({ CiphertextBlob: blob, KeyId, EncryptionAlgorithm });
}

/** Reads the body, as every service must, and answers with as many bytes and the same headers as the door. */
async function constantServer(answer: string): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const headers = {
    server: 'constant',
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': '00000000-0000-4000-8000-000000000000',
    'content-length': answer.length,
  };
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      Buffer.concat(chunks);
      response.writeHead(200, headers);
      // As text it goes out in one piece with the head.
      response.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
