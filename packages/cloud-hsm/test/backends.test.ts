// Both backends make the same cluster, and the same answers.

import { type Backend, chooseBackend } from '@kmsim/hsm-core';
import { expect, test } from 'vitest';
import { CloudHsmCluster } from '../src/cluster.ts';
import { ecParameters } from '../src/pkcs11/objects.ts';
import { ok } from '../src/pkcs11/return-codes.ts';
import { bytes, good, kmsSession, launched, message, plaintext } from './clusters.ts';
import { everything, privateUse, publicUse, token } from './pkcs11/tokens.ts';

const sealKey = bytes(32, 4);

async function answers(backend: Backend): Promise<unknown> {
  const cluster = launched({ backend });
  const kms = kmsSession(cluster);
  const { id } = good(kms.generateAesKey({ label: '', random: bytes(32) }));
  const { session } = await token({}, cluster);
  const aes = ok(session.generateKey('CKM_AES_KEY_GEN', { ...everything, CKA_VALUE_LEN: 32 }));
  const ec = ok(
    session.generateKeyPair('CKM_EC_KEY_PAIR_GEN', { CKA_EC_PARAMS: ecParameters['P-256'], ...publicUse }, privateUse),
  );
  const rsa = ok(
    session.generateKeyPair('CKM_RSA_PKCS_KEY_PAIR_GEN', { CKA_MODULUS_BITS: 2048, ...publicUse }, privateUse),
  );
  return {
    hsms: cluster.hsms,
    trustAnchor: cluster.trustAnchor,
    ciphertext: kms.encryptGcm(id, { ...message, plaintext }),
    gcm: session.encrypt('CKM_CLOUDHSM_AES_GCM', aes, plaintext),
    wrapped: session.wrapKey('CKM_AES_KEY_WRAP_PAD', aes, ec.privateKey),
    ecdsa: session.sign('CKM_ECDSA_SHA256', ec.privateKey, plaintext),
    pss: session.sign('CKM_SHA256_RSA_PKCS_PSS', rsa.privateKey, plaintext),
    oaep: session.encrypt('CKM_RSA_PKCS_OAEP', rsa.publicKey, plaintext),
    record: cluster.record(sealKey),
  };
}

test('byte for byte, and each opens what the other sealed', async () => {
  const [native, portable] = [good(chooseBackend('native')), good(chooseBackend('portable'))];
  expect(await answers(native)).toEqual(await answers(portable));
  const record = launched({ backend: native }).record(sealKey);
  expect(CloudHsmCluster.restore(record, sealKey, portable)?.record(sealKey)).toEqual(record);
});
