// Anything that speaks KMS at an address: kmsim serve, another simulator, the real service.

import { machineNow } from '@kmsim/world';
import type { Target, WireReply, WireRequest } from '../target.ts';
import { defaultTimeLimitMs, exchange } from './http-exchange.ts';
import { wait } from './real-time.ts';
import { type Credentials, signedHeaders } from './sign.ts';
import { whoAmI } from './who-am-i.ts';
import { wireReply } from './wire-reply.ts';

export interface EndpointOptions {
  /** Stands for the first Region of each transcript. */
  readonly region?: string;
  /** `test` and `test` when absent, which most simulators take. */
  readonly credentials?: Credentials;
  readonly timeLimitMs?: number;
}

/** Asks who is calling, and is ready when it resolves; raises a TargetError when nobody answers. */
export async function openEndpoint(url: URL, options: EndpointOptions = {}): Promise<Target> {
  const { credentials = async () => ({ accessKeyId: 'test', secretAccessKey: 'test' }), region } = options;
  const timeLimitMs = options.timeLimitMs ?? defaultTimeLimitMs;
  const call = endpointCall(url, credentials, timeLimitMs);
  const caller = await whoAmI({ url, credentials, region: region ?? 'us-east-1', timeLimitMs, call });
  return {
    ...caller,
    ...(region !== undefined && { region }),
    run: machineNow().toString(36),
    call,
    advance: wait,
  };
}

/** Signed AWS JSON 1.1 over HTTP; the body goes out as it is, a null among its members too. */
export function endpointCall(
  url: URL,
  credentials: Credentials,
  timeLimitMs: number = defaultTimeLimitMs,
): (request: WireRequest) => Promise<WireReply> {
  return async ({ body, operation, region }) => {
    const text = JSON.stringify(body);
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${operation}` };
    const unsigned = { url, service: 'kms', region, headers, body: text };
    const signed = await signedHeaders(unsigned, await credentials(), machineNow());
    const answer = await exchange({ url, headers: signed, body: text }, timeLimitMs);
    return wireReply(answer.status, Buffer.from(answer.body).toString('utf8'));
  };
}
