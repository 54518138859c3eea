// Recipients: answers that only they can read, and documents that are refused, whoever asks.

import { describe, expect, test } from 'vitest';
import type { OperationName } from '../../src/api/shapes.ts';
import type { OperationInputs, RecipientInfo } from '../../src/api/types.ts';
import { enterRecipient } from '../../src/attestation/recipient.ts';
import type { Call } from '../../src/operation.ts';
import { questionCall } from '../../src/question.ts';
import { admin, dayMs, ours, TestEngine, utf8 } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { AttestingEngine, library, opened, recipientPair, recipientWith } from './recipients.ts';

await librariesLoaded();
await librariesLoaded('portable');

type Attested = 'Decrypt' | 'DeriveSharedSecret' | 'GenerateDataKey' | 'GenerateDataKeyPair' | 'GenerateRandom';

interface Scene {
  readonly engine: AttestingEngine;
  readonly inputs: { readonly [Name in Attested]: OperationInputs[Name] };
}

function scene(options: ConstructorParameters<typeof AttestingEngine>[0] = {}): Scene {
  const engine = new AttestingEngine(options);
  const { KeyId } = engine.createKey();
  const pair = engine.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' });
  const { PublicKey = expect.fail() } = engine.call('GetPublicKey', { KeyId: pair.KeyId });
  const inputs = {
    Decrypt: { CiphertextBlob: engine.encrypt(KeyId) },
    DeriveSharedSecret: { KeyId: pair.KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey },
    GenerateDataKey: { KeyId, KeySpec: 'AES_256' },
    GenerateDataKeyPair: { KeyId, KeyPairSpec: 'ECC_NIST_P256' },
    GenerateRandom: { NumberOfBytes: 24 },
  } as const;
  return { engine, inputs };
}

const names = ['Decrypt', 'DeriveSharedSecret', 'GenerateDataKey', 'GenerateDataKeyPair', 'GenerateRandom'] as const;
const secretMembers = ['Plaintext', 'PrivateKeyPlaintext', 'SharedSecret'];

describe.each(names)('%s', (name) => {
  const ask = ({ engine, inputs }: Scene, Recipient?: RecipientInfo): Readonly<Record<string, unknown>> =>
    engine.call(name, { ...inputs[name], Recipient } as OperationInputs[typeof name]) as object as Record<
      string,
      unknown
    >;

  test('answers what it would have answered, for the recipient alone', () => {
    const plain = ask(scene());
    const one = scene();
    const answer = ask(one, one.engine.recipient());
    const secret = secretMembers.find((member) => plain[member] !== undefined) ?? expect.fail();
    expect(answer[secret]).toBeUndefined();
    expect(opened(answer['CiphertextForRecipient'] as Uint8Array)).toEqual(plain[secret]);
    expect(plain['CiphertextForRecipient']).toBeUndefined();
    // https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html, API_GenerateDataKey.html: KeyMaterialId
    const without = ['Decrypt', 'GenerateDataKey'].includes(name) ? { KeyMaterialId: undefined } : {};
    const { CiphertextForRecipient: _, ...rest } = answer;
    expect(rest).toEqual({ ...plain, ...without, [secret]: undefined });
  });

  test('has the same bytes for the same seed, on both backends', () => {
    const [one, two] = (['native', 'portable'] as const).map((backend) => {
      const made = scene({ backend });
      return ask(made, made.engine.recipient())['CiphertextForRecipient'];
    });
    expect(one).toEqual(two);
    const other = scene({ seed: 'another' });
    expect(ask(other, other.engine.recipient())['CiphertextForRecipient']).not.toEqual(one);
  });

  test('refuses what is no good document, before it looks for permission, and changes nothing', () => {
    const { engine, inputs } = scene();
    const nobody = engine.attach(`arn:aws:iam::${ours}:user/nobody`);
    const document = engine.document();
    const stranger = new library.TestAuthority(new Uint8Array(32)).document({
      at: engine.now,
      publicKey: recipientPair().publicKey,
    });
    const old = engine.document({ at: engine.now - dayMs });
    const cases: readonly (readonly [AttestationDocument: Uint8Array, detail: string])[] = [
      [utf8('no document'), 'The document is no COSE_Sign1 structure.'],
      [document.slice(0, -1), 'The document is no COSE_Sign1 structure.'],
      [document.with(-1, (document.at(-1) ?? 0) ^ 1), 'The document is not signed by the key of its certificate.'],
      [stranger as Uint8Array, 'The first certificate of the bundle is no trusted root.'],
      [old, 'A certificate of the document has expired.'],
      [engine.document({ publicKey: undefined }), 'The document has no public_key.'],
      [engine.document({ publicKey: utf8('key') }), 'public_key is no RSA public key.'],
    ];
    for (const [AttestationDocument, detail] of cases)
      for (const by of [admin, nobody])
        expect(
          engine.refusal(name, { ...inputs[name], Recipient: recipientWith(AttestationDocument) } as never, by),
        ).toEqual({
          code: 'ValidationException',
          message: `The attestation document is not valid. ${detail}`,
        });
  });

  test('is not said to have succeeded for who may not', () => {
    const { engine, inputs } = scene();
    const nobody = engine.attach(`arn:aws:iam::${ours}:user/nobody`);
    const Recipient = engine.recipient();
    expect(engine.refusal(name, { ...inputs[name], Recipient } as never, nobody).code).toBe('AccessDeniedException');
  });
});

describe.each(['Decrypt', 'GenerateDataKey', 'GenerateDataKeyPair', 'DeriveSharedSecret'] as const)(
  'a dry run of %s',
  (name) => {
    test('says that it would succeed, or that the document is none', () => {
      const { engine, inputs } = scene();
      const refusal = (Recipient: RecipientInfo): string =>
        engine.refusal(name, { ...inputs[name], DryRun: true, Recipient } as never).code;
      expect(refusal(engine.recipient())).toBe('DryRunOperationException');
      expect(refusal(recipientWith(utf8('none')))).toBe('ValidationException');
    });
  },
);

describe('the members of a Recipient', () => {
  const words = (member: string): string =>
    `1 validation error detected: Value null at 'recipient.${member}' failed to satisfy constraint: Member must not be null`;

  test.each<[RecipientInfo, string]>([
    [{}, words('keyEncryptionAlgorithm')],
    [{ KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256' }, words('attestationDocument')],
    [{ AttestationDocument: utf8('x') }, words('keyEncryptionAlgorithm')],
  ])('%o is not enough', (Recipient, message) => {
    expect(new AttestingEngine().refusal('GenerateRandom', { NumberOfBytes: 1, Recipient })).toEqual({
      code: 'ValidationException',
      message,
    });
  });

  test.each<[object, string]>([
    [{ KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_1', AttestationDocument: utf8('x') }, 'keyEncryptionAlgorithm'],
    [recipientWith(new Uint8Array()), 'attestationDocument'],
    [recipientWith(new Uint8Array(262_145)), 'attestationDocument'],
  ])('%o breaks a constraint', (Recipient, member) => {
    const { code, message } = new AttestingEngine().refusal('GenerateRandom', { NumberOfBytes: 1, Recipient });
    expect(code).toBe('ValidationException');
    expect(message).toContain(`'recipient.${member}' failed to satisfy constraint`);
  });

  test('a document of the greatest length is judged as a document', () => {
    const Recipient = recipientWith(new Uint8Array(262_144));
    expect(new AttestingEngine().refusal('GenerateRandom', { NumberOfBytes: 1, Recipient }).message).toContain(
      'no COSE_Sign1',
    );
  });
});

test('operations that take none do not look at it', () => {
  const engine = new AttestingEngine();
  const { KeyId } = engine.createKey();
  for (const name of ['Encrypt', 'GenerateDataKeyWithoutPlaintext'] as OperationName[]) {
    const input = { KeyId, Plaintext: utf8('x'), KeySpec: 'AES_256', Recipient: recipientWith(utf8('none')) };
    expect(engine.call(name, input as never)).toMatchObject({ CiphertextBlob: expect.any(Uint8Array) });
  }
});

test('the same document is good again, until its certificate ends', () => {
  const { engine, inputs } = scene();
  const input = { ...inputs.Decrypt, Recipient: engine.recipient() };
  for (const _ of [1, 2]) expect(opened(engine.call('Decrypt', input).CiphertextForRecipient)).toEqual(utf8('secret'));
  engine.wait(4 * 3_600_000);
  expect(engine.refusal('Decrypt', input).message).toContain('has expired');
});

test('RSA ciphertexts are decrypted for a recipient, too', () => {
  const engine = new AttestingEngine();
  const { KeyId } = engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
  const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
  const { CiphertextBlob } = engine.call('Encrypt', { KeyId, Plaintext: utf8('x'), EncryptionAlgorithm });
  const answer = engine.call('Decrypt', { KeyId, CiphertextBlob, EncryptionAlgorithm, Recipient: engine.recipient() });
  expect(answer).toMatchObject({ EncryptionAlgorithm });
  expect(answer).not.toHaveProperty('Plaintext');
  expect(opened(answer.CiphertextForRecipient)).toEqual(utf8('x'));
});

test('the longest plaintext fits into an answer', () => {
  const engine = new AttestingEngine();
  const { KeyId } = engine.createKey();
  const Plaintext = new Uint8Array(4096).fill(7);
  const { CiphertextBlob } = engine.call('Encrypt', { KeyId, Plaintext });
  const { CiphertextForRecipient } = engine.call('Decrypt', { CiphertextBlob, Recipient: engine.recipient() });
  expect(opened(CiphertextForRecipient)).toEqual(Plaintext);
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html: CiphertextForRecipient
  expect(CiphertextForRecipient?.length).toBeLessThanOrEqual(6144);
});

describe('the trail says of a call with a Recipient', () => {
  const noted = (engine: AttestingEngine, Recipient: RecipientInfo): unknown => {
    const call = questionCall(engine.kms, admin, 'GenerateRandom', { NumberOfBytes: 1, Recipient });
    enterRecipient(call as Call as Call<'GenerateRandom'>);
    return call.audit;
  };

  test('which module it was and what its image is, of an enclave', () => {
    const engine = new AttestingEngine();
    const Recipient = engine.recipient({ moduleId: 'i-1-enc1', pcrs: { 0: new Uint8Array(48).fill(0xab) } });
    expect(noted(engine, Recipient)).toEqual({
      recipient: { attestationDocumentModuleId: 'i-1-enc1', attestationDocumentEnclaveImageDigest: 'ab'.repeat(48) },
    });
  });

  test('which module it was and its registers 4, 7 and 12, of an instance', () => {
    const engine = new AttestingEngine();
    const pcrs = Object.fromEntries([4, 7, 12].map((index) => [index, new Uint8Array(48).fill(index)]));
    const Recipient = engine.recipient({ kind: 'nitrotpm', moduleId: 'i-1-tpm1', pcrs });
    expect(noted(engine, Recipient)).toEqual({
      recipient: {
        attestationDocumentModuleId: 'i-1-tpm1',
        attestationDocumentNitroTPMPCR4: '04'.repeat(48),
        attestationDocumentNitroTPMPCR7: '07'.repeat(48),
        attestationDocumentNitroTPMPCR12: '0c'.repeat(48),
      },
    });
  });
});

test('an engine without the library takes no Recipient, and gives no plaintext either', () => {
  const Recipient = new AttestingEngine().recipient();
  for (const engine of [
    new TestEngine(),
    new TestEngine({ attestation: { load: () => 'not installed', roots: [] } }),
  ]) {
    expect(engine.error('GenerateRandom', { NumberOfBytes: 1, Recipient })).toMatchObject({
      code: 'NotImplemented',
      status: 501,
      wireMessage:
        'A Recipient needs the package @kmsim/attestation, and it is not installed: npm install @kmsim/attestation',
    });
    expect(engine.call('GenerateRandom', { NumberOfBytes: 1 }).Plaintext).toHaveLength(1);
  }
});
