// One suite for every place where keys live: the own vault, a CloudHSM cluster, an external key manager.

import { describe, expect, test } from 'vitest';
import type { KeyOrigin } from '../../src/tables/key-states.ts';
import { TestEngine, utf8 } from '../engine.ts';
import { Rig } from './rig.ts';

interface Place {
  readonly origin: KeyOrigin;
  readonly key: (rig: Rig) => string;
  /** What Decrypt says of a context that is another. */
  readonly wrongContext: string;
}

const rejected =
  'The external key store proxy rejected the request because the specified ciphertext or encryption context is corrupted, missing, or otherwise invalid.';

const places: readonly Place[] = [
  {
    origin: 'AWS_KMS',
    key: ({ engine }) => engine.createKey().Arn,
    wrongContext: 'InvalidCiphertextException undefined',
  },
  {
    origin: 'AWS_CLOUDHSM',
    key: (rig) => rig.cloudHsmKey(rig.cloudHsmStore()).Arn,
    wrongContext: 'InvalidCiphertextException undefined',
  },
  {
    origin: 'EXTERNAL_KEY_STORE',
    key: (rig) => rig.externalKey(rig.externalStore()).Arn,
    wrongContext: `KMSInvalidStateException ${rejected}`,
  },
];

describe.each(places)('$origin', ({ key, origin, wrongContext }) => {
  function made(): { rig: Rig; engine: TestEngine; KeyId: string } {
    const rig = new Rig();
    return { rig, engine: rig.engine, KeyId: key(rig) };
  }

  test('says where the key lives', () => {
    const { engine, KeyId } = made();
    const { KeyMetadata } = engine.call('DescribeKey', { KeyId });
    expect(KeyMetadata).toMatchObject({
      Origin: origin,
      KeyState: 'Enabled',
      Enabled: true,
      KeySpec: 'SYMMETRIC_DEFAULT',
    });
    expect(KeyMetadata?.CurrentKeyMaterialId === undefined).toBe(origin !== 'AWS_KMS');
  });

  test.each([1, 16, 4096])('opens what it sealed: %i bytes, with a context and without', (length) => {
    const { engine, KeyId } = made();
    const Plaintext = new Uint8Array(length).fill(7);
    for (const EncryptionContext of [undefined, { tenant: 'a', köy: 'b' }]) {
      const { CiphertextBlob } = engine.call('Encrypt', { KeyId, Plaintext, EncryptionContext });
      expect(CiphertextBlob?.length).toBeLessThanOrEqual(6144);
      const opened = engine.call('Decrypt', { CiphertextBlob: CiphertextBlob ?? utf8(''), EncryptionContext });
      expect(opened.Plaintext).toEqual(Plaintext);
      expect(opened.KeyId).toBe(KeyId);
    }
  });

  test('does not open under another context, and tells a damaged blob', () => {
    const { engine, KeyId } = made();
    const CiphertextBlob = engine.encrypt(KeyId, 'secret', { tenant: 'a' });
    for (const EncryptionContext of [undefined, { tenant: 'b' }, { Tenant: 'a' }]) {
      const { code, message } = engine.refusal('Decrypt', { CiphertextBlob, EncryptionContext });
      expect(`${code} ${message}`).toBe(wrongContext);
    }
    for (let at = 0; at < CiphertextBlob.length; at++) {
      const damaged = CiphertextBlob.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      const { code } = engine.refusal('Decrypt', { CiphertextBlob: damaged, EncryptionContext: { tenant: 'a' } });
      expect(['InvalidCiphertextException', 'KMSInvalidStateException']).toContain(code);
    }
    for (const length of [0, 5, 37, 38, 60, CiphertextBlob.length - 1]) {
      if (length === 0) continue;
      const cut = CiphertextBlob.slice(0, length);
      const { code } = engine.refusal('Decrypt', { CiphertextBlob: cut, EncryptionContext: { tenant: 'a' } });
      expect(['InvalidCiphertextException', 'KMSInvalidStateException']).toContain(code);
    }
  });

  test('makes data keys, refuses data key pairs outside of the own vault, re-encrypts to itself', () => {
    const { engine, KeyId } = made();
    const { CiphertextBlob = utf8(''), Plaintext } = engine.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
    expect(engine.call('Decrypt', { CiphertextBlob }).Plaintext).toEqual(Plaintext);
    const without = engine.call('GenerateDataKeyWithoutPlaintext', { KeyId, NumberOfBytes: 24 });
    expect(engine.call('Decrypt', { CiphertextBlob: without.CiphertextBlob ?? utf8('') }).Plaintext).toHaveLength(24);
    const again = engine.call('ReEncrypt', { CiphertextBlob, DestinationKeyId: KeyId });
    expect(engine.call('Decrypt', { CiphertextBlob: again.CiphertextBlob ?? utf8('') }).Plaintext).toEqual(Plaintext);
    if (origin === 'AWS_KMS') return;
    for (const name of ['GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext'] as const)
      expect(engine.refusal(name, { KeyId, KeyPairSpec: 'ECC_NIST_P256' })).toEqual({
        code: 'UnsupportedOperationException',
        message: `${KeyId} origin is ${origin} which is not valid for this operation.`,
      });
  });

  test('a ciphertext opens with its key alone', () => {
    const { engine, KeyId } = made();
    const CiphertextBlob = engine.encrypt(KeyId);
    const other = engine.createKey().Arn;
    expect(engine.refusal('Decrypt', { CiphertextBlob, KeyId: other }).code).toBe('IncorrectKeyException');
    const elsewhere = new TestEngine({ seed: 'another' });
    expect(elsewhere.refusal('Decrypt', { CiphertextBlob }).code).toBe('AccessDeniedException');
  });

  test('gives the same bytes for the same seed, and goes on from a snapshot', () => {
    const [first, second] = [made(), made()];
    const blob = first.engine.encrypt(first.KeyId, 'x', { a: 'b' });
    expect(second.KeyId).toBe(first.KeyId);
    expect(second.engine.encrypt(second.KeyId, 'x', { a: 'b' })).toEqual(blob);
    const restored = new TestEngine({ snapshot: first.engine.snapshot(), xks: first.rig.proxy.transport });
    for (const engine of [restored, first.engine]) expect(engine.decrypt(blob, { a: 'b' })).toBe('x');
    expect(restored.everything()).toBe(first.engine.everything());
  });

  test('a dry run asks nobody outside', () => {
    const { engine, KeyId, rig } = made();
    const CiphertextBlob = engine.encrypt(KeyId);
    const asked = rig.proxy.requests.length;
    for (const cluster of engine.kms.clusters) cluster.setNetwork({ isReachable: false });
    const dry = [
      engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x'), DryRun: true }),
      engine.refusal('Decrypt', { CiphertextBlob, DryRun: true }),
      engine.refusal('GenerateDataKey', { KeyId, KeySpec: 'AES_128', DryRun: true }),
      engine.refusal('ReEncrypt', { CiphertextBlob, DestinationKeyId: KeyId, DryRun: true }),
    ];
    expect(new Set(dry.map(({ code }) => code))).toEqual(new Set(['DryRunOperationException']));
    expect(rig.proxy.requests).toHaveLength(asked);
  });

  test('a context that is too long, and one that is no text, is refused', () => {
    const { engine, KeyId } = made();
    const long = { KeyId, Plaintext: utf8('x'), EncryptionContext: { a: 'x'.repeat(8192) } };
    const { code, message } = engine.refusal('Encrypt', long);
    expect(code).toBe('ValidationException');
    expect(message).toMatch(/^The encryption context is longer than 8(192|138) bytes\.$/);
    const lone = { KeyId, Plaintext: utf8('x'), EncryptionContext: { a: '\ud800' } };
    expect(engine.refusal('Encrypt', lone).code).toBe('SerializationException');
  });

  test('a deleted key opens nothing any more', () => {
    const { engine, KeyId } = made();
    const CiphertextBlob = engine.encrypt(KeyId);
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    expect(engine.keyState(KeyId)).toBe('PendingDeletion');
    engine.wait(7 * 86_400_000);
    engine.kms.advance();
    expect(engine.refusal('Decrypt', { CiphertextBlob }).code).toBe('AccessDeniedException');
  });
});

test('ReEncrypt goes from every place to every other', () => {
  const rig = new Rig();
  const keys = places.map(({ key }) => key(rig));
  for (const from of keys) {
    for (const DestinationKeyId of keys) {
      const CiphertextBlob = rig.engine.encrypt(from, 'moved', { from: 'here' });
      const moved = rig.engine.call('ReEncrypt', {
        CiphertextBlob,
        SourceEncryptionContext: { from: 'here' },
        DestinationKeyId,
        DestinationEncryptionContext: { to: 'there' },
      });
      expect(rig.engine.decrypt(moved.CiphertextBlob ?? utf8(''), { to: 'there' })).toBe('moved');
    }
  }
});
