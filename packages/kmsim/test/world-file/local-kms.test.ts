// The seed.yaml of local-kms. Its keys and layout: https://github.com/nsmithuk/local-kms#seeding-file-format

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { createKmsim } from '../../src/index.ts';
import { readWorld } from '../../src/world.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';

const pem = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIMnOrUrXr8rwne7d8f01cfwmpS/w+K7jcyWmmeLDgWKaoAoGCCqGSM49
AwEHoUQDQgAEYNMBBZ3h1ipuph1iO5k+yLvTs94UN71quXN3f0P/tprs2Fp2FEas
M7m7XZ2xlDK3wcEAs1QEIoQjjwnhcptQ6A==
-----END EC PRIVATE KEY-----`;

const seed = `
Keys:
  Symmetric:
    Aes:
      - Metadata:
          KeyId: bc436485-5092-42b8-92a3-0aa8b93536dc
          Description: two versions
        NextKeyRotation: "2019-09-12T15:19:21+00:00"
        BackingKeys:
          - 34743777217A25432A46294A404E635266556A586E3272357538782F413F4428
          - 614E645267556B58703273357638792F423F4528472B4B6250655368566D5971
      - Metadata:
          KeyId: 5d05267f-bb87-4d0b-8594-295a4371d414
          Origin: EXTERNAL
  Asymmetric:
    Ecc:
      - Metadata:
          KeyId: 800d5768-3fd7-4edd-a4b8-4c81c3e4c147
          KeyUsage: SIGN_VERIFY
        PrivateKeyPem: |
${pem.replace(/^/gm, '          ')}
Aliases:
  - AliasName: alias/testing
    TargetKeyId: bc436485-5092-42b8-92a3-0aa8b93536dc
`;

test('is recognized: keys with their ids and material, aliases, account and Region', async () => {
  using sim = createKmsim({ world: readWorld(seed) });
  const kms = sim.as();
  const { KeyMetadata } = await kms.describeKey({ KeyId: 'alias/testing' });
  expect(KeyMetadata).toMatchObject({
    Arn: 'arn:aws:kms:eu-west-2:111122223333:key/bc436485-5092-42b8-92a3-0aa8b93536dc',
    Description: 'two versions',
  });
  expect((await kms.listKeyRotations({ KeyId: 'bc436485-5092-42b8-92a3-0aa8b93536dc' })).Rotations).toHaveLength(1);
  expect(await kms.getKeyRotationStatus({ KeyId: 'bc436485-5092-42b8-92a3-0aa8b93536dc' })).toMatchObject({
    KeyRotationEnabled: true,
  });
  const external = await kms.describeKey({ KeyId: '5d05267f-bb87-4d0b-8594-295a4371d414' });
  expect(external.KeyMetadata?.KeyState).toBe('PendingImport');
  const { KeySpec, PublicKey } = await kms.getPublicKey({ KeyId: '800d5768-3fd7-4edd-a4b8-4c81c3e4c147' });
  expect(KeySpec).toBe('ECC_NIST_P256');
  const own = createPublicKey(createPrivateKey(pem)).export({ format: 'der', type: 'spki' });
  expect(Buffer.from(PublicKey ?? [])).toEqual(own);
});

test('mistakes in it have their places in it', () => {
  const broken = seed.replace('614E', '').replace('TargetKeyId: bc', 'TargetKeyId: ab').replace('KeyUsage:', 'KeyUse:');
  const { problem } = kmsimErrorOf(() => readWorld(broken));
  expect(problem).toContain('Keys.Symmetric.Aes[0].BackingKeys[1] is 64 hexadecimal digits');
  expect(problem).toContain(
    'Keys.Asymmetric.Ecc[0].Metadata.KeyUse is nothing that the metadata of a key has. Did you mean KeyUsage?',
  );
  const stray = kmsimErrorOf(() => readWorld(seed.replace('TargetKeyId: bc', 'TargetKeyId: ab'))).problem;
  expect(stray).toContain('Aliases[0].TargetKeyId is the KeyId of no key in this file');
  const id = kmsimErrorOf(() => readWorld(seed.replace('KeyId: 5d05', 'KeyId: xx05'))).problem;
  expect(id).toMatch(/^line 12:9: Keys\.Symmetric\.Aes\[1\] is a UUID/);
});
