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

const own = 'http://localhost:4598';

test.each<[what: string, headers: Record<string, string>, status: number | undefined]>([
  ['its own page', { origin: own, 'sec-fetch-site': 'same-origin' }, undefined],
  ['its own page in a browser that does not say more', { origin: own }, undefined],
  ['a page that is framed elsewhere', { origin: own, 'sec-fetch-site': 'cross-site' }, 403],
  ['a page on another port', { origin: 'http://localhost:4599', 'sec-fetch-site': 'same-site' }, 403],
  ['a page by another name', { origin: 'http://127.0.0.1:4598', 'sec-fetch-site': 'same-site' }, 403],
  ['a longer name', { origin: `${own}0`, 'sec-fetch-site': 'same-origin' }, 403],
])('%s, for a server that has one', (_, headers, status) => {
  expect(foreignPage('POST', new Map(Object.entries(headers)), own)?.status).toBe(status);
  expect(foreignPage('OPTIONS', new Map(Object.entries(headers)), own)?.status).toBe(403);
});

test.each<[what: string, headers: Record<string, string>]>([
  ['a client that is no browser', {}],
  ['an address that somebody types', { 'sec-fetch-site': 'none' }],
])('%s: let in', (_, headers) => {
  expect(ask('GET', headers)).toBeUndefined();
});
