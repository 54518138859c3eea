// One HTTP request and its response.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { type RequestListener, readHeaders, readHttpBody, takeTurn } from '@kmsim/wire/http';
import { errorMessage } from './errors.ts';
import { jsonAnswer, type XksHttpAnswer } from './http.ts';
import type { XksProxy } from './xks-proxy.ts';

export function conversation(proxy: XksProxy, signatureClock: () => number): RequestListener {
  const converse = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const answer = await answerTo(request, proxy, signatureClock);
      if (answer !== 'gone') await send(response, answer);
    } catch {
      response.destroy();
    }
  };
  return (request, response) => takeTurn(request, () => converse(request, response));
}

interface Reply extends XksHttpAnswer {
  /** The connection ends with this reply. */
  readonly last?: boolean;
}

async function answerTo(
  request: IncomingMessage,
  proxy: XksProxy,
  signatureClock: () => number,
): Promise<Reply | 'gone'> {
  const { method = '', rawHeaders, url: path = '' } = request;
  const headers = readHeaders(rawHeaders);
  // A web page's: it could not be signed, and must not find out that something is here.
  if (!(headers instanceof Map)) return { ...refused(headers.status, headers.message ?? headers.code), last: true };
  if (headers.has('origin')) return { ...refused(403, 'This server does not answer web pages.'), last: true };
  const body = await readHttpBody(request);
  if (body === 'gone') return 'gone';
  if (body === 'too large') return { ...refused(413, 'The request is too large.'), last: true };
  return proxy.handle({ method, path, headers: Object.fromEntries(headers), body, now: signatureClock() });
}

function refused(status: number, message: string): XksHttpAnswer {
  return jsonAnswer(status, { errorName: 'ValidationException', errorMessage: errorMessage(message) });
}

/** Resolves when the answer is sent, so that the next one on the connection waits for it. */
function send(response: ServerResponse, reply: Reply): Promise<void> | void {
  const { delay = 0, last, lost } = reply;
  if (last === true) response.shouldKeepAlive = false;
  const now = (): void => {
    if (lost === 'reset') response.socket?.resetAndDestroy();
    else write(response, reply);
  };
  if (delay <= 0) return now();
  return new Promise((resolve) => {
    response.once('close', resolve);
    // Nothing comes or goes meanwhile, so the time limit of an idle socket is a clock.
    response.setTimeout(delay, () => {
      response.setTimeout(0);
      now();
    });
  });
}

function write(response: ServerResponse, { body, headers, lost, status }: Reply): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (lost === 'half') response.write(bytes.subarray(0, bytes.length >>> 1), () => response.destroy());
  else response.end(bytes);
}
