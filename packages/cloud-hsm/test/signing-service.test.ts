// The example of docs/cloud-hsm.md.

import { createVerify } from 'node:crypto';
import { launchCluster } from '@kmsim/cloud-hsm';
import { ecParameters, loadPkcs11, ok } from '@kmsim/cloud-hsm/pkcs11';
import { expect, test } from 'vitest';

test('a signing service goes on when an HSM fails, and its key does not leave', async () => {
  const cluster = launchCluster({
    account: '111122223333',
    region: 'us-east-1',
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    random: new Uint8Array(32).fill(1), // whatever repeats, or crypto.getRandomValues(new Uint8Array(32))
    now: Date.UTC(2026, 0, 1),
    adminPassword: 'admin-password',
    cryptoUsers: { signer: 'signer-password' },
  });
  let draws = 0;
  const random = (length: number) => new Uint8Array(length).fill(++draws);
  const session = ok((await loadPkcs11(cluster, { client: 'signing service', random })).openSession());
  expect(session.login('CKU_USER', 'signer:wrong-password')).toBe('CKR_PIN_INCORRECT');
  expect(session.login('CKU_USER', 'signer:signer-password')).toBe('CKR_OK');

  const { publicKey, privateKey } = ok(
    session.generateKeyPair(
      'CKM_EC_KEY_PAIR_GEN',
      { CKA_TOKEN: true, CKA_VERIFY: true, CKA_EC_PARAMS: ecParameters['P-256'] },
      { CKA_TOKEN: true, CKA_SIGN: true, CKA_EXTRACTABLE: false },
    ),
  );
  const message = new TextEncoder().encode('attack at dawn');

  // An HSM dies in the middle of it: the client hears of it once, then the other two do the work.
  cluster.loseHsmDuring({ during: 'sign', by: 'zeroization' });
  expect(session.sign('CKM_ECDSA_SHA256', privateKey, message)).toBe('CKR_DEVICE_ERROR');
  const signature = ok(session.sign('CKM_ECDSA_SHA256', privateKey, message));
  expect(session.verify('CKM_ECDSA_SHA256', publicKey, message, signature)).toBe('CKR_OK');
  expect(cluster.hsms.map(({ state }) => state)).toEqual(['DEGRADED', 'ACTIVE', 'ACTIVE']);

  // The public key is for everybody.
  const { CKA_EC_POINT: point } = ok(session.getAttributeValue(publicKey, ['CKA_EC_POINT']));
  const base64url = (octets: Uint8Array) => Buffer.from(octets).toString('base64url');
  const key = { kty: 'EC', crv: 'P-256', x: base64url(point.subarray(3, 35)), y: base64url(point.subarray(35)) };
  const outside = createVerify('sha256').update(message);
  expect(outside.verify({ key, format: 'jwk', dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);

  // The private key stays.
  const wrapping = ok(session.generateKey('CKM_AES_KEY_GEN', { CKA_VALUE_LEN: 32, CKA_WRAP: true }));
  expect(session.wrapKey('CKM_AES_KEY_WRAP_PAD', wrapping, privateKey)).toBe('CKR_KEY_UNEXTRACTABLE');
});
