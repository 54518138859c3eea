// Requests that were caught in the process that sent them: let in, refused and answered as by the HTTP door.

import { expect, test } from 'vitest';
import { answerCaught, type CaughtRequest } from '../src/caught.ts';
import { maxBodyBytes } from '../src/json-body.ts';
import { KmsDouble } from './kms-double.ts';
import { permissive, strict } from './open-door.ts';

const host = 'kms.eu-west-1.amazonaws.com';
const headers = { host, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.ListKeys' };

function caught(changed: Partial<CaughtRequest> = {}, more: Readonly<Record<string, string>> = {}): CaughtRequest {
  const rawHeaders = Object.entries({ ...headers, ...more }).flat();
  return { host, method: 'POST', path: '/', rawHeaders, body: new TextEncoder().encode('{}'), ...changed };
}

test('a request without a signature is of the Region that is said, where none is asked for', async () => {
  const kms = new KmsDouble();
  const answer = await answerCaught(kms, permissive)(caught({}, { 'user-agent': 'app/1' }), 'eu-west-1');
  expect(answer.status).toBe(200);
  expect(kms.visits.map(({ caller, operation }) => [operation, caller.region, caller.client])).toEqual([
    ['ListKeys', 'eu-west-1', { userAgent: 'app/1', host, address: '127.0.0.1' }],
  ]);
});

test.each<[string, CaughtRequest, number]>([
  ['another host than it was sent to', caught({}, { host: 'kms.us-east-1.amazonaws.com' }), 421],
  ['another method', caught({ method: 'GET' }), 405],
  ['another path', caught({ path: '/keys' }), 404],
  ['the page of health, which the service has not', caught({ method: 'GET', path: '/health' }), 400],
  ['another content type', caught({}, { 'content-type': 'text/plain' }), 415],
  [
    'a form, which is for STS',
    caught({}, { 'content-type': 'application/x-www-form-urlencoded', authorization: 'x' }),
    415,
  ],
  ['a web page', caught({}, { origin: 'https://evil.example' }), 403],
  ['too long a body', caught({ body: new Uint8Array(maxBodyBytes + 1) }), 413],
])('%s: refused before the engine hears of it', async (_, request, status) => {
  const kms = new KmsDouble();
  expect((await answerCaught(kms, permissive)(request, 'eu-west-1')).status).toBe(status);
  expect(kms.visits).toEqual([]);
});

test('a request that is not signed is refused, where signatures are asked for', async () => {
  const answer = await answerCaught(new KmsDouble(), strict)(caught(), 'eu-west-1');
  expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('MissingAuthenticationToken')]);
});
