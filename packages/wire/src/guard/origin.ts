// Whether a request comes from a web page. No CORS header is ever sent, so a browser that asks first is told no; one that does not ask
// says where it comes from. https://fetch.spec.whatwg.org/#origin-header, https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header

import type { Refusal } from '../refusal.ts';

const refusal: Refusal = {
  status: 403,
  code: 'CrossOriginRequestException',
  message: 'This server does not answer web pages.',
};

/** `headers`: names in lower case. `ownOrigin`: of a page that this server has itself; without one every Origin is somebody else's. */
export function foreignPage(
  method: string,
  headers: ReadonlyMap<string, string>,
  ownOrigin?: string,
): Refusal | undefined {
  const site = headers.get('sec-fetch-site') ?? 'none';
  const origin = headers.get('origin');
  const isOwn = (site === 'none' || site === 'same-origin') && (origin === undefined || origin === ownOrigin);
  return method !== 'OPTIONS' && isOwn ? undefined : refusal;
}
