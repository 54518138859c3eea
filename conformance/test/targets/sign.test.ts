// Signatures, against the check of kmsim's HTTP door.

import { verifySignature } from '@kmsim/wire/http';
import { describe, expect, test } from 'vitest';
import { signedHeaders } from '../../src/targets/sign.ts';

const url = new URL('http://127.0.0.1:4599/');
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a secret' };
const now = Date.UTC(2026, 0, 1, 12);
const unsigned = {
  url,
  service: 'kms',
  region: 'eu-west-1',
  headers: { 'x-amz-target': 'TrentService.ListKeys' },
  body: '{}',
};

async function verdict(headers: Record<string, string>, body = '{}', sessionToken?: string): Promise<unknown> {
  const request = { method: 'POST', path: '/', headers: new Map(Object.entries(headers)), body: Buffer.from(body) };
  return verifySignature(request, { lookup: () => ({ ...keys, sessionToken }), now: () => now, service: 'kms' });
}

describe('a signature', () => {
  test('is one of the key, the Region and the body', async () => {
    const signed = await signedHeaders(unsigned, keys, now);
    expect(signed).toMatchObject({ host: '127.0.0.1:4599', 'x-amz-date': '20260101T120000Z' });
    expect(await verdict(signed)).toMatchObject({ accessKeyId: 'AKIDEXAMPLE', region: 'eu-west-1' });
    expect(await verdict(signed, '{ }')).toHaveProperty('refusal');
  });

  test('of temporary credentials has their token', async () => {
    const signed = await signedHeaders(unsigned, { ...keys, sessionToken: 'token' }, now);
    expect(signed['x-amz-security-token']).toBe('token');
    expect(await verdict(signed, '{}', 'token')).toMatchObject({ accessKeyId: 'AKIDEXAMPLE' });
  });

  test('of a body that is not ASCII holds', async () => {
    const signed = await signedHeaders({ ...unsigned, body: '{"a":"ä€"}' }, keys, now);
    expect(await verdict(signed, '{"a":"ä€"}')).toMatchObject({ region: 'eu-west-1' });
  });
});
