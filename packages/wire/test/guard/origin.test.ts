// What web pages send, and what they do not.

import { expect, test } from 'vitest';
import { foreignPage } from '../../src/guard/origin.ts';

const ask = (method: string, headers: Record<string, string>): number | undefined =>
  foreignPage(method, new Map(Object.entries(headers)))?.status;

test.each<[what: string, method: string, headers: Record<string, string>]>([
  ['a fetch of another site', 'POST', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['a form of another site', 'POST', { origin: 'https://evil.example', 'sec-fetch-mode': 'navigate' }],
  ['a form of a file', 'POST', { origin: 'null' }],
  ['an image', 'GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' }],
  ['a page on another port', 'POST', { 'sec-fetch-site': 'same-site' }],
  ['a page of this very server', 'POST', { origin: 'http://localhost:4599', 'sec-fetch-site': 'same-origin' }],
  ['an extension', 'POST', { origin: 'chrome-extension://abc' }],
  ['a question before', 'OPTIONS', { origin: 'https://evil.example', 'access-control-request-method': 'POST' }],
  ['a question without an origin', 'OPTIONS', {}],
  ['a site that no browser names', 'POST', { 'sec-fetch-site': 'none, none' }],
])('%s: refused', (_, method, headers) => {
  expect(ask(method, headers)).toBe(403);
});

test.each<[what: string, headers: Record<string, string>]>([
  ['a client that is no browser', {}],
  ['an address that somebody types', { 'sec-fetch-site': 'none' }],
])('%s: let in', (_, headers) => {
  expect(ask('GET', headers)).toBeUndefined();
});
