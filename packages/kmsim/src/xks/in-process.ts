// A request to a proxy in the same process: no socket, no waiting.

import type { XksAnswer, XksRequest } from '@kmsim/kms';
import { afterMilliseconds } from '@kmsim/world';
import { bodyWithin } from './limits.ts';
import type { XksProxyAnswer, XksProxyLike } from './xks-endpoints.ts';

/** At once where the proxy answers at once. */
export function askInProcess(
  proxy: XksProxyLike,
  { body, now, path }: XksRequest,
  headers: Readonly<Record<string, string>>,
  limit: number,
): XksAnswer | Promise<XksAnswer> {
  try {
    const answer = proxy.handle({ method: 'POST', path, headers, body, now });
    return answer instanceof Promise ? inTime(answer, limit) : heard(answer, limit);
  } catch {
    return broken;
  }
}

// A server whose handler throws says so and no more.
const broken: XksAnswer = { status: 500, body: '' };

function heard({ body, delay = 0, lost, status }: XksProxyAnswer, limit: number): XksAnswer {
  if (delay >= limit) return { failure: 'timed out' };
  if (lost !== undefined) return { failure: 'unreachable' };
  return { status: Number(status), body: bodyWithin(String(body)) };
}

function inTime(answer: Promise<XksProxyAnswer>, limit: number): Promise<XksAnswer> {
  return new Promise((resolve) => {
    const cancel = afterMilliseconds(limit, () => resolve({ failure: 'timed out' }));
    const settle = (heardOf: XksAnswer): void => {
      cancel();
      resolve(heardOf);
    };
    answer.then((given) => heard(given, limit)).then(settle, () => settle(broken));
  });
}
