// One HTTP request and its answer: bounded in time and in size, and whatever goes wrong is one line.

import { type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { timeLimit } from './real-time.ts';
import { TargetError } from './target-error.ts';

export interface HttpRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** As long as a slow machine may take for an RSA-4096 key. */
export const defaultTimeLimitMs = 20_000;

// The longest answer of KMS, a page of a thousand keys or a policy, has a tenth of it.
const longestAnswer = 4 * 1024 * 1024;

export async function exchange(request: HttpRequest, timeLimitMs: number = defaultTimeLimitMs): Promise<HttpAnswer> {
  const limit = timeLimit(timeLimitMs);
  try {
    return await exchanged(request, limit.signal);
  } catch (error) {
    if (limit.signal.aborted)
      throw new TargetError(`no answer from ${request.url.host} within ${timeLimitMs / 1000} s`, true);
    throw error instanceof TargetError ? error : new TargetError(`${request.url.host}: ${words(error)}`, true);
  } finally {
    limit.stop();
  }
}

function exchanged({ body, headers, url }: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const ask = url.protocol === 'https:' ? secureRequest : plainRequest;
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    // A connection for each request: a server that closes an idle one in the same moment would look like one that is down.
    const options: RequestOptions = { method: 'POST', headers: { ...headers, ...length }, agent: false, signal };
    const sent = ask(url, options, (answer) => collect(answer).then(resolve, reject));
    sent.on('error', reject);
    sent.end(body);
  });
}

async function collect(answer: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Leaving the loop ends the connection.
    if (length > longestAnswer) throw new TargetError(`it answered with more than ${longestAnswer} bytes`);
    chunks.push(chunk);
  }
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const);
  return { status: answer.statusCode ?? 0, headers: Object.fromEntries(headers), body: Buffer.concat(chunks) };
}

const causes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'it closed the connection without an answer',
  EPIPE: 'it closed the connection without an answer',
  ENOTFOUND: 'no machine has this name',
  EAI_AGAIN: 'its name could not be looked up',
  EHOSTUNREACH: 'there is no way to it',
};

function words(error: unknown): string {
  // Several addresses of one name, none of which answers, come as one error with many.
  const { code = '', errors, message } = error as { code?: string; errors?: readonly unknown[]; message?: string };
  if (code === '' && errors?.[0] !== undefined) return words(errors[0]);
  if (code.startsWith('HPE_')) return 'it does not speak HTTP';
  return causes[code] ?? (message === undefined || message === '' ? code : message);
}
