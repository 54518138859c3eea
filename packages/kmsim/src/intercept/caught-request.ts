// A request of fetch's making to an address of AWS KMS, and the answer to it, for whatever caught it on its way.

import type { Answer } from '@kmsim/wire';
import type { CheckedSignatures } from '../checked-signatures.ts';
import { identification, type Served, untilClosed } from '../http-identification.ts';
import { endpointRegion } from './endpoint.ts';

/** A response; `reset` where the connection ends without one; undefined for a request that goes elsewhere. */
export type CaughtAnswer = Response | 'reset' | undefined;

/** Loads what reads HTTP, once. */
export async function answering(
  sim: Served,
  credentials: CheckedSignatures,
): Promise<(request: Request) => Promise<CaughtAnswer>> {
  const { answerCaught } = await import('@kmsim/wire/http');
  const answer = answerCaught(untilClosed(sim), { ...identification(sim, credentials), raisesDefects: true });
  return async (request) => {
    const url = new URL(request.url);
    const region = endpointRegion(url);
    // Whatever else is called goes its way.
    if (region === undefined) return undefined;
    const { host, pathname, search } = url;
    const headers = [...request.headers];
    // fetch adds it when it sends.
    if (!request.headers.has('host')) headers.push(['host', host]);
    const body = new Uint8Array(await request.arrayBuffer());
    const { method } = request;
    const answered = await answer(
      { host, method, path: `${pathname}${search}`, rawHeaders: headers.flat(), body },
      region,
    );
    return answered.lost === 'reset' ? 'reset' : responseOf(answered);
  };
}

// What node:http says where a server ends the connection: https://nodejs.org/api/http.html#httprequesturl-options-callback
export function connectionReset(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

function responseOf({ body, headers, lost, status }: Answer): Response {
  const bytes = new TextEncoder().encode(body);
  if (lost === undefined)
    return new Response(bytes, { status, headers: { ...headers, 'content-length': `${bytes.length}` } });
  return new Response(halfOf(bytes), { status, headers });
}

/** The first half, and then the connection ends. */
function halfOf(bytes: Uint8Array): ReadableStream {
  let isSent = false;
  return new ReadableStream({
    pull(controller) {
      if (isSent) controller.error(connectionReset());
      else controller.enqueue(bytes.subarray(0, bytes.length >>> 1));
      isSent = true;
    },
  });
}
