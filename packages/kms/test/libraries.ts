// Loads what key pairs and HMAC keys need, so that calls of a test answer at once.

import type { BackendName } from '@kmsim/hsm-core';
import { Visit } from '../src/operation.ts';
import { administratorOf, caller, ours, TestEngine } from './engine.ts';

export async function librariesLoaded(backend?: BackendName): Promise<void> {
  const engine = new TestEngine({ ...(backend && { backend }) });
  for (const [region, partition, specs] of [
    ['us-east-1', 'aws', ['ECC_NIST_P256', 'ECC_NIST_EDWARDS25519', 'ML_KEM_512']],
    ['cn-north-1', 'aws-cn', ['SM2']],
  ] as const) {
    const by = caller(administratorOf(ours).replace('aws', partition), region);
    engine.attach(by.principal.arn, { Effect: 'Allow', Action: '*', Resource: '*' });
    const { KeyId } = engine.createKey({}, by);
    for (const KeyPairSpec of specs)
      await engine.kms.dispatch(new Visit('GenerateDataKeyPair', { KeyId, KeyPairSpec }, 'direct', by));
  }
}
