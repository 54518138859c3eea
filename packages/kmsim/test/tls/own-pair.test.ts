// A certificate and key of the user's own: each mistake has its sentence.

import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { createKmsim, serve } from '../../src/index.ts';
import { makePair } from '../../src/tls/made-pair.ts';
import { hostOfOwnPair } from '../../src/tls/own-pair.ts';

const now = Date.UTC(2026, 5, 1, 12);
const day = 86_400_000;
const loopback = ['127.0.0.1', 'localhost', '::1'];
const pairFor = (hosts: readonly string[], seed = 1) => {
  let drawn = 0;
  return makePair(hosts, now, () => new Uint8Array(32).fill(16 * seed + drawn++));
};
const { ca, cert, key } = pairFor(loopback);
const encrypted = createPrivateKey(key).export({
  type: 'pkcs8',
  format: 'pem',
  cipher: 'aes-256-cbc',
  passphrase: 'x',
});

test.each<[readonly string[], readonly string[], string]>([
  [loopback, loopback, '127.0.0.1'],
  [['localhost'], loopback, 'localhost'],
  [['::1'], loopback, '::1'],
  [['kms.test'], [...loopback, 'kms.test'], 'kms.test'],
])('a certificate for %j where requests may be addressed to %j is for %s', (own, hosts, host) => {
  expect(hostOfOwnPair(pairFor(own), hosts, now)).toBe(host);
});

test('a chain is taken', () => {
  expect(hostOfOwnPair({ cert: cert + ca, key }, loopback, now)).toBe('127.0.0.1');
});

test.each<[string, { cert?: string; key?: string; at?: number; hosts?: readonly string[] }, RegExp]>([
  ['no certificate', { cert: 'certificate' }, /certificate is not in PEM/],
  ['half of a certificate', { cert: cert.slice(0, 300) }, /certificate is not in PEM/],
  ['the two exchanged', { cert: key, key: cert }, /In place of the certificate there is a private key/],
  ['a certificate twice', { key: cert }, /In place of the private key there is a certificate/],
  ['no key', { key: 'key' }, /private key is not in PEM/],
  ['a key with a passphrase', { key: String(encrypted) }, /private key is encrypted.*openssl pkey/],
  ['the key of another', { key: pairFor(loopback, 2).key }, /private key is not that of the certificate/],
  ['one that has ended', { at: now + 400 * day }, /expired on 2027-07-03/],
  ['one that has not begun', { at: now - day }, /not valid before 2026-06-01/],
  [
    'one for another host',
    { ...pairFor(['kms.test']) },
    /for DNS:kms\.test, and.*127\.0\.0\.1, localhost, ::1.*--allow-host/,
  ],
  [
    'garbage behind it',
    { cert: `${cert}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n` },
    /TLS does not take/,
  ],
])('%s is refused', (_, { at = now, hosts = loopback, ...given }, message) => {
  const of = (): string => hostOfOwnPair({ cert, key, ...given }, hosts, at);
  expect(of).toThrow(message);
  expect(of).toThrow(expect.objectContaining({ code: 'InvalidCertificate' }));
});

test('no message has the key in it', async () => {
  using sim = createKmsim();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const secret = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  for (const tls of [
    { cert: secret, key: secret },
    { cert, key: secret },
    { cert: 'x', key: secret, ca: secret },
  ]) {
    const error = (await serve(sim, { tls }).catch((refusal: unknown) => refusal)) as Error;
    expect(error).toMatchObject({ name: 'KmsimError' });
    expect(error.message).not.toContain(secret.split('\n')[1]);
  }
});
