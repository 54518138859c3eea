// Requests by the real AWS SDK: it builds and signs them, they go out as they are, and the answer is kept as it was on the wire.

import type { KMSClient, KMSClientConfig } from '@aws-sdk/client-kms';
import type { WireReply, WireRequest } from '../target.ts';
import { isRecord, same } from '../values.ts';
import { exchange } from './http-exchange.ts';
import { sdkInput } from './sdk-input.ts';
import type { Credentials } from './sign.ts';
import { TargetError } from './target-error.ts';
import { wireReply } from './wire-reply.ts';

type Sdk = typeof import('@aws-sdk/client-kms');

/** The SDK, which is loaded when it is needed and not before. */
export async function loadSdk(): Promise<Sdk> {
  try {
    return await import('@aws-sdk/client-kms');
  } catch {
    throw new TargetError('this needs the AWS SDK: npm install @aws-sdk/client-kms');
  }
}

export interface SdkCall {
  /** Undefined when the SDK would not send the request as it is written: it drops nulls and refuses what it cannot encode. */
  ask(request: WireRequest): Promise<WireReply | undefined>;
}

export interface SdkCallOptions {
  /** The address of a Region; of one endpoint, the same for all. */
  readonly endpoint: (region: string) => URL;
  readonly credentials: Credentials;
  readonly timeLimitMs: number;
}

interface SdkRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export async function sdkCall({ credentials, endpoint, timeLimitMs }: SdkCallOptions): Promise<SdkCall> {
  const sdk = await loadSdk();

  const ask = async (request: WireRequest): Promise<WireReply | undefined> => {
    let reply: WireReply | undefined;
    let fault: unknown;
    const requestHandler = {
      handle: async (sent: SdkRequest) => {
        const body = bytesOf(sent.body);
        if (!isAsWritten(body, request.body)) throw new Error('not as written');
        try {
          const answer = await exchange({ url: urlOf(sent), headers: sent.headers, body }, timeLimitMs);
          reply = wireReply(answer.status, Buffer.from(answer.body).toString('utf8'));
          return { response: { statusCode: answer.status, headers: answer.headers, body: answer.body } };
        } catch (error) {
          fault = error;
          throw error;
        }
      },
    };
    const config = {
      region: request.region,
      endpoint: endpoint(request.region).href,
      credentials,
      requestHandler,
      maxAttempts: 1,
    };
    const client = new sdk.KMSClient(config as unknown as KMSClientConfig);
    // What the SDK makes of the answer is of no interest, an error included.
    await send(sdk, client, request).catch(() => {});
    if (fault !== undefined) throw fault;
    return reply;
  };
  return { ask };
}

async function send(sdk: Sdk, client: KMSClient, { body, operation }: WireRequest): Promise<void> {
  const Command = (sdk as unknown as Record<string, new (input: unknown) => Parameters<KMSClient['send']>[0]>)[
    `${operation}Command`
  ];
  if (Command !== undefined) await client.send(new Command(sdkInput(operation, body)));
}

// A view of its own: the serializer of the SDK has string methods on its bytes, which warn when somebody comes near them.
function bytesOf(body: string | Uint8Array | undefined): Uint8Array {
  if (typeof body === 'string' || body === undefined) return new Uint8Array(Buffer.from(body ?? ''));
  return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
}

function isAsWritten(sent: Uint8Array, wanted: Record<string, unknown>): boolean {
  const text = Buffer.from(sent).toString('utf8');
  const body: unknown = text === '' ? {} : JSON.parse(text);
  return isRecord(body) && same(body, wanted);
}

function urlOf({ hostname, path, port, protocol }: SdkRequest): URL {
  return new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`);
}
