// The authority of a simulation.

import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseDocument, TestAuthority, writePem } from '../../../attestation/src/index.ts';
import { realPrivateKey } from '../../../attestation/test/real-answer.ts';
import { awsRoot, realDocument, realInstant } from '../../../attestation/test/real-document.ts';
import { type AttestationDocumentOptions, createKmsim, type Kmsim, KmsimError, replayTrace } from '../../src/index.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const spki = publicKey.export({ type: 'spki', format: 'der' });
const Algorithm = { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256' } as const;

async function take(sim: Kmsim, AttestationDocument: Uint8Array): Promise<Uint8Array> {
  const Recipient = { ...Algorithm, AttestationDocument };
  const { CiphertextForRecipient } = await sim.as().generateRandom({ NumberOfBytes: 5, Recipient });
  return sim.attestation.open(CiphertextForRecipient ?? new Uint8Array(), privateKey);
}

describe('a document', () => {
  test('is of now, and says what was asked for', async () => {
    const sim = createKmsim({ seed: 1, start: '2026-05-06T07:08:09Z' });
    const nonce = Uint8Array.of(1);
    const document = await sim.attestation.document({
      moduleId: 'i-1-enc1',
      nonce,
      pcrs: { 0: 'AB'.repeat(48), 1: new Uint8Array(32) },
    });
    const parsed = parseDocument(document);
    expect(parsed).toMatchObject({ moduleId: 'i-1-enc1', nonce, timestamp: Date.UTC(2026, 4, 6, 7, 8, 9) });
    if (!('pcrs' in parsed)) throw new Error(parsed.detail);
    expect([parsed.pcrs.get(0), parsed.pcrs.get(1)]).toEqual([new Uint8Array(48).fill(0xab), new Uint8Array(32)]);
  });

  test('is that of the seed, and draws nothing', async () => {
    const [one, same, other] = [1, 1, 2].map((seed) => createKmsim({ seed }));
    const documents = await Promise.all(
      [one, same, other].map((sim) => sim?.attestation.document({ publicKey: spki })),
    );
    expect(documents[0]).toEqual(documents[1]);
    expect(documents[0]).not.toEqual(documents[2]);
    expect(one?.snapshot()).toEqual(createKmsim({ seed: 1 }).snapshot());
  });

  test('of an instance, and of an enclave in debug mode', async () => {
    const sim = createKmsim({ seed: 1 });
    expect(parseDocument(await sim.attestation.document({ kind: 'nitrotpm' }))).toMatchObject({ kind: 'nitrotpm' });
    const debug = parseDocument(await sim.attestation.document({ debug: true }));
    expect('pcrs' in debug && debug.pcrs.get(0)).toEqual(new Uint8Array(48));
  });

  test.each<[unknown, string, string]>([
    [{ publickey: spki }, 'InvalidOption', 'attestation.document has no option "publickey". Did you mean publicKey?'],
    [
      { publicKey: 'pem' },
      'InvalidOption',
      'attestation.document: publicKey is a public key as DER (SubjectPublicKeyInfo), not "pem".',
    ],
    [
      { pcrs: { a: '00' } },
      'InvalidOption',
      'attestation.document: pcrs is registers by number, each hexadecimal digits or bytes, not that object.',
    ],
    [
      { pcrs: { 0: 'xy' } },
      'InvalidOption',
      'attestation.document: pcrs is registers by number, each hexadecimal digits or bytes, not that object.',
    ],
    [{ kind: 'vm' }, 'InvalidOption', `attestation.document: kind is 'enclave' or 'nitrotpm', not "vm".`],
    [
      { pcrs: { 0: 'ab' } },
      'InvalidAttestation',
      'pcrs is not 1 to 32 registers, numbered 0 to 31, of 32, 48 or 64 bytes.',
    ],
    [{ userData: new Uint8Array(513) }, 'InvalidAttestation', 'user_data is not 0 to 512 bytes.'],
  ])('%o is none', async (options, code, problem) => {
    const made = createKmsim({ seed: 1 }).attestation.document(options as AttestationDocumentOptions);
    await expect(made).rejects.toMatchObject({ name: 'KmsimError', code, problem });
  });
});

test('the root is a certificate that other simulations can trust', async () => {
  const sim = createKmsim({ seed: 'one' });
  const root = await sim.attestation.root();
  expect(new X509Certificate(root)).toMatchObject({ ca: true, subject: 'O=kmsim\nCN=kmsim.nitro-enclaves' });
  const document = await sim.attestation.document({ publicKey: spki });
  const trusting = createKmsim({ seed: 'two', attestation: { roots: [root] } });
  expect(await take(trusting, document)).toHaveLength(5);
  await expect(take(createKmsim({ seed: 'two' }), document)).rejects.toMatchObject({ code: 'ValidationException' });
});

test('with the root of AWS a real document is read, and has no key to answer to', async () => {
  const sim = createKmsim({ seed: 1, start: realInstant, attestation: { roots: [writePem(awsRoot)] } });
  await expect(take(sim, realDocument)).rejects.toThrow('The document has no public_key.');
  await expect(take(createKmsim({ seed: 1, start: realInstant }), realDocument)).rejects.toThrow('no trusted root');
});

test('without a seed it works the same', async () => {
  const sim = createKmsim();
  expect(await take(sim, await sim.attestation.document({ publicKey: spki }))).toHaveLength(5);
});

test('what is no answer, or one for another key, is not opened', async () => {
  const sim = createKmsim({ seed: 1 });
  const failed = sim.attestation.open(Uint8Array.of(1, 2, 3), privateKey);
  await expect(failed).rejects.toMatchObject({ code: 'InvalidAttestation' });
  const Recipient = { ...Algorithm, AttestationDocument: await sim.attestation.document({ publicKey: spki }) };
  const { CiphertextForRecipient } = await sim.as().generateRandom({ NumberOfBytes: 5, Recipient });
  await expect(sim.attestation.open(CiphertextForRecipient ?? expect.fail(), realPrivateKey)).rejects.toBeInstanceOf(
    KmsimError,
  );
});

describe('trust goes on', () => {
  const authority = new TestAuthority(new Uint8Array(32).fill(5));
  const documentAt = (sim: Kmsim): Uint8Array =>
    authority.document({ at: sim.clock.now().getTime(), publicKey: spki }) as Uint8Array;
  const options = { seed: 1, attestation: { roots: [authority.root] } } as const;

  test('in forks and behind marks', async () => {
    const sim = createKmsim(options);
    const mark = sim.mark();
    const fork = sim.fork();
    expect(await take(fork, documentAt(fork))).toHaveLength(5);
    sim.clock.advance('1 day');
    sim.rewind(mark);
    expect(await take(sim, documentAt(sim))).toHaveLength(5);
    expect(await take(sim, await fork.attestation.document({ publicKey: spki }))).toHaveLength(5);
  });

  test('in what a snapshot makes, for its own authority; other roots are named anew', async () => {
    const sim = createKmsim(options);
    const later = createKmsim({ snapshot: sim.snapshot() });
    expect(await take(later, await sim.attestation.document({ publicKey: spki }))).toHaveLength(5);
    await expect(take(later, documentAt(sim))).rejects.toThrow('no trusted root');
    const again = createKmsim({ snapshot: sim.snapshot(), attestation: options.attestation });
    expect(await take(again, documentAt(sim))).toHaveLength(5);
  });

  test('in a trace that is played again', async () => {
    const sim = createKmsim({ ...options, trace: 'inputs' });
    await take(sim, documentAt(sim));
    await take(sim, await sim.attestation.document({ publicKey: spki }));
    await take(sim, Uint8Array.of(1)).catch(() => undefined);
    expect(await replayTrace(sim.trace.text())).toMatchObject({ difference: undefined, sha256: sim.trace.sha256() });
    const plain = createKmsim({ seed: 1, trace: 'inputs' });
    await take(plain, await plain.attestation.document({ publicKey: spki }));
    expect(plain.trace.text()).not.toContain('attestationRoots');
    expect((await replayTrace(plain.trace.text())).difference).toBeUndefined();
  });
});

test('sim.explain looks at the Recipient it is asked with', async () => {
  const image = 'ab'.repeat(48);
  const Condition = { StringEqualsIgnoreCase: { 'kms:RecipientAttestation:ImageSha384': image } };
  const enclave = 'arn:aws:iam::000000000000:role/Enclave';
  const policies = {
    p: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'kms:GenerateRandom', Resource: '*', Condition },
    },
  };
  const sim = createKmsim({ seed: 1, identities: [{ arn: enclave, policies }] });
  const allowed = async (pcr0: string): Promise<boolean> => {
    const AttestationDocument = await sim.attestation.document({ publicKey: spki, pcrs: { 0: pcr0 } });
    const input = { Recipient: { ...Algorithm, AttestationDocument } };
    return sim.explain({ as: enclave, operation: 'GenerateRandom', input }).allowed;
  };
  expect([await allowed(image), await allowed('cd'.repeat(48))]).toEqual([true, false]);
});
