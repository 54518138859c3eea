// GenerateDataKeyPairWithoutPlaintext: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPairWithoutPlaintext.html

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { expectOwnBytes, hex, userOf } from '../asymmetric-keys.ts';
import { TestEngine } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { aboutDataKeyPairs, pairSpecs } from './data-key-pair-suite.ts';

await librariesLoaded();

aboutDataKeyPairs('GenerateDataKeyPairWithoutPlaintext');

const engine = new TestEngine();

// The larger RSA keys are in the suite of GenerateDataKeyPair.
test.each(pairSpecs.filter((spec) => spec !== 'RSA_3072' && spec !== 'RSA_4096'))(
  '%s: answers as the sibling does, without the private key',
  (KeyPairSpec) => {
    const by = userOf(engine, KeyPairSpec);
    const { KeyId = '', Arn, CurrentKeyMaterialId } = engine.createKey({}, by);
    const answer = engine.call('GenerateDataKeyPairWithoutPlaintext', { KeyId, KeyPairSpec }, by);
    expect(answer).toStrictEqual({
      PrivateKeyCiphertextBlob: expect.any(Uint8Array),
      PublicKey: expect.any(Uint8Array),
      KeyId: Arn,
      KeyPairSpec,
      KeyMaterialId: CurrentKeyMaterialId,
    });
    expectOwnBytes(answer.PublicKey);
  },
);

test.each(['RSA_2048', 'ECC_NIST_P256', 'ECC_NIST_EDWARDS25519'] as const)(
  '%s: what Decrypt gives is the private key of the public one',
  (KeyPairSpec) => {
    const { KeyId = '' } = engine.createKey();
    const answer = engine.call('GenerateDataKeyPairWithoutPlaintext', { KeyId, KeyPairSpec });
    const { Plaintext = expect.fail() } = engine.call('Decrypt', { CiphertextBlob: answer.PrivateKeyCiphertextBlob });
    const privateKey = createPrivateKey({ key: Buffer.from(Plaintext), format: 'der', type: 'pkcs8' });
    expect(hex(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }))).toBe(hex(answer.PublicKey));
  },
);
