// What a door knows of the program that calls.

import { expect, test } from 'vitest';
import { claimedAccessKey, clientOf } from '../src/client.ts';

test('its name, the host it asked for, and its address where there is one', () => {
  const headers = new Map([
    ['user-agent', 'aws-cli/2.0'],
    ['host', '127.0.0.1:4599'],
  ]);
  const header = (name: string) => headers.get(name);
  expect(clientOf(header)).toEqual({ userAgent: 'aws-cli/2.0', host: '127.0.0.1:4599' });
  expect(clientOf(header, '::1')).toMatchObject({ address: '::1' });
});

test('the access key of its signature, and nothing of what is none', () => {
  const signed = (credential: string) => `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=00`;
  expect(claimedAccessKey(signed('AKIDEXAMPLE/20260101/us-east-1/kms/aws4_request'))).toEqual({
    accessKeyId: 'AKIDEXAMPLE',
  });
  const none = [undefined, 'Bearer x', signed('short'), signed('a b/1/2/3/4'), signed('/1/2/3/4')];
  for (const header of none) expect(claimedAccessKey(header)).toEqual({});
});
