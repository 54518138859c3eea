// Requests of the engine to a proxy, as kms makes them.

import type { XksRequest } from '@kmsim/kms';
import { XksProxy } from '@kmsim/xks-proxy';

export const endpoint = 'https://xks.example.com';

/** Milliseconds that no machine needs to answer, however busy it is: the real limit would make a test that is answered depend on luck. */
export const patience = 15_000;

export function newProxy(): XksProxy {
  return new XksProxy({ seed: 'xks', keys: ['k'], pathPrefix: '/stores/one' });
}

export const requestMetadata = {
  awsPrincipalArn: 'arn:aws:iam::111122223333:user/Alice',
  kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  kmsOperation: 'Encrypt',
  kmsRequestId: '4112f4d6-db54-4af4-ae30-c55a22a8dfae',
};

export function requestTo(
  proxy: XksProxy,
  change: Partial<XksRequest> & { readonly members?: object } = {},
): XksRequest {
  const { accessKeyId, secretAccessKey } = proxy.credential;
  const { members, ...rest } = change;
  const body = { requestMetadata, plaintext: 'SGVsbG8gV29ybGQh', encryptionAlgorithm: 'AES_GCM', ...members };
  return {
    endpoint,
    path: `${proxy.uriPath}/keys/k/encrypt`,
    body: JSON.stringify(body),
    region: 'eu-west-1',
    // Long ago for every machine: a proxy behind a socket would not take a signature of then.
    now: Date.UTC(2020, 0, 1),
    credential: { accessKeyId, rawSecretAccessKey: secretAccessKey },
    ...rest,
  };
}
