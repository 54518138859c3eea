// No secret shows: neither key material nor plaintext, in nothing that an engine prints, in no encoding (I33).

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { KmsError } from '../src/api/errors.ts';
import type { OperationName } from '../src/api/shapes.ts';
import { Visit } from '../src/operation.ts';
import { admin, stranger, TestEngine, utf8 } from './engine.ts';
import { librariesLoaded } from './libraries.ts';

// What would give a secret away: text, hex, base64 and its URL form in all three alignments, decimals, inspected bytes.
function faces(secret: Uint8Array): string[] {
  const buffer = Buffer.from(secret);
  const aligned = [0, 1, 2].flatMap((shift) => {
    const from = buffer.subarray(shift, shift + 3 * Math.floor((buffer.length - shift) / 3));
    return [from.toString('base64'), from.toString('base64url')];
  });
  const hex = buffer.toString('hex');
  const spaced = buffer.toString('hex').replace(/..(?!$)/g, '$& ');
  return [
    buffer.toString('latin1'),
    hex,
    hex.toUpperCase(),
    spaced,
    ...aligned,
    [...secret].join(','),
    [...secret].join(', '),
    BigInt(`0x${hex}`).toString(),
  ];
}

function expectNone(secrets: readonly Uint8Array[], text: string): void {
  for (const secret of secrets) for (const face of faces(secret)) expect(text.includes(face), face).toBe(false);
}

const everything = {
  showHidden: true,
  depth: Number.POSITIVE_INFINITY,
  maxArrayLength: null,
  maxStringLength: null,
  getters: true,
} as const;

// The same world draws the same bytes: the material of a key is what follows its id in the stream of CreateKey.
function materialsOf(engine: TestEngine, keys: number): Uint8Array[] {
  const cursor = engine.kms.world.cursor('111122223333/us-east-1/CreateKey');
  return Array.from({ length: keys }, () => {
    const stream = cursor.take();
    stream.draw(16);
    return Uint8Array.from(stream.draw(32));
  });
}

await librariesLoaded();
await librariesLoaded('portable');

describe.each(['native', 'portable'] as const)('with the %s backend', (backend) => {
  const [material = expect.fail()] = materialsOf(new TestEngine({ seed: 'planted', backend }), 1);
  const plaintext = utf8('planted plaintext of 32 bytes....');
  const engine = new TestEngine({ seed: 'planted', backend });
  const { KeyId, CurrentKeyMaterialId } = engine.createKey();
  const { CiphertextBlob } = engine.call('Encrypt', { KeyId, Plaintext: plaintext });
  const { Plaintext: dataKey = expect.fail('no data key') } = engine.call('GenerateDataKey', {
    KeyId,
    KeySpec: 'AES_256',
  });
  const { Arn: mac } = engine.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  const { Arn: pair } = engine.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' });
  const { Arn: kem } = engine.createKey({ KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' });
  const { PrivateKeyPlaintext = expect.fail('no key'), PublicKey = expect.fail('no key') } = engine.call(
    'GenerateDataKeyPair',
    { KeyId, KeyPairSpec: 'ECC_NIST_P256' },
  );
  const agreeing = { KeyId: pair, KeyAgreementAlgorithm: 'ECDH', PublicKey } as const;
  const { SharedSecret: agreed = expect.fail('no secret') } = engine.call('DeriveSharedSecret', agreeing);
  const encapsulating = { KeyId: kem, EncapsulationAlgorithm: 'ML_KEM' } as const;
  const { SharedSecret: sent = expect.fail('no secret') } = engine.call('Encapsulate', encapsulating);
  engine.call('GenerateMac', { KeyId: mac, Message: plaintext, MacAlgorithm: 'HMAC_SHA_256' });
  const { Plaintext: random = expect.fail('no bytes') } = engine.call('GenerateRandom', { NumberOfBytes: 64 });
  const secrets = [
    ...materialsOf(new TestEngine({ seed: 'planted', backend }), 4),
    plaintext,
    ...[dataKey, random, agreed, sent].map((bytes) => Uint8Array.from(bytes)),
    // The scalar in the PKCS#8 of a P-256 key (RFC 5915 section 3).
    PrivateKeyPlaintext.slice(36, 68),
  ];
  engine.call('Decrypt', { CiphertextBlob });
  engine.call('ReEncrypt', { CiphertextBlob, DestinationKeyId: KeyId });
  engine.call('RotateKeyOnDemand', { KeyId });

  test('the planted material is the key’s', () => {
    const twin = new TestEngine({ seed: 'another', backend });
    expect(twin.kms.vault.create(KeyId, material)).toBe(CurrentKeyMaterialId);
  });

  test('inspecting the engine shows none', () => {
    const text = inspect(engine.kms, everything);
    expect(text).toContain('Kms');
    expectNone(secrets, text);
    expectNone(secrets, inspect(engine.kms.as(admin), everything));
  });

  test('a snapshot shows none', () => {
    expectNone(secrets, JSON.stringify(engine.snapshot()));
    expectNone(secrets, inspect(engine.snapshot(), everything));
  });

  test('JSON of the engine shows none', () => {
    const { state, vault, markers, policies, identities, agenda } = engine.kms;
    expectNone(secrets, JSON.stringify([state, vault, markers, policies, identities, agenda]));
  });

  test('no error shows any', () => {
    const tooLong = new Uint8Array(5000).fill(65);
    tooLong.set(plaintext);
    const wrong: [OperationName, unknown][] = [
      ['Encrypt', { KeyId, Plaintext: tooLong }],
      ['Encrypt', { KeyId, Plaintext: Buffer.from(plaintext).toString('utf8') }],
      ['Encrypt', { KeyId, Plaintext: [...plaintext] }],
      ['Encrypt', { KeyId: 'none', Plaintext: plaintext }],
      ['Encrypt', { KeyId, Plaintext: plaintext, DryRun: true }],
      ['Decrypt', { CiphertextBlob: plaintext }],
      ['Decrypt', { CiphertextBlob: plaintext, KeyId }],
      ['Decrypt', { CiphertextBlob, EncryptionContext: { a: 'b' } }],
      ['VerifyMac', { KeyId: mac, Message: plaintext, Mac: dataKey, MacAlgorithm: 'HMAC_SHA_256' }],
      ['DeriveSharedSecret', { ...agreeing, PublicKey: PrivateKeyPlaintext }],
      ['Decapsulate', { ...encapsulating, SharedSecretCiphertextBlob: plaintext }],
      ['GenerateDataKeyPair', { KeyId, KeyPairSpec: 'ECC_NIST_P256', DryRun: true }],
      ['Sign', { KeyId: pair, Message: plaintext, SigningAlgorithm: 'ECDSA_SHA_256' }],
    ];
    for (const [operation, input] of wrong) {
      for (const who of [admin, stranger]) {
        let error: unknown;
        try {
          engine.kms.dispatch(new Visit(operation, input, 'direct', who));
        } catch (raised) {
          error = raised;
        }
        expect(error).toBeInstanceOf(KmsError);
        expectNone(
          secrets,
          `${String(error)} ${(error as KmsError).stack} ${inspect(error, everything)} ${JSON.stringify(error)}`,
        );
      }
    }
    // Over the wire a blob is text, and the text of a bad one is not repeated.
    const base64 = Buffer.from(plaintext).toString('base64');
    for (const Plaintext of [`${base64}!`, `!${base64}`, base64.slice(1)]) {
      const dispatch = () => engine.kms.dispatch(new Visit('Encrypt', { KeyId, Plaintext }, 'wire', admin));
      expect(dispatch).toThrow(KmsError);
      expect(dispatch).not.toThrow(base64.slice(4, 20));
    }
  });
});
