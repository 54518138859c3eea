// DeleteImportedKeyMaterial: https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteImportedKeyMaterial.html

import { beforeAll, describe, expect, test } from 'vitest';
import { dayMs, TestEngine } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { Importer, octets } from './import-suite.ts';
import { keyPairOf } from './key-pair-material.ts';
import { aboutKey } from './key-suite.ts';

beforeAll(() => librariesLoaded());

aboutKey({
  operation: 'DeleteImportedKeyMaterial',
  key: { Origin: 'EXTERNAL' },
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: false,
  pendingDeletion: 'works',
  pendingImport: 'works',
});

const pendingImport = (importer: Importer) => ({
  code: 'KMSInvalidStateException',
  message: `${importer.key.Arn} is pending import.`,
});

/** A key with a first material, a second that is current and a third that awaits its rotation. */
function withThree(): { importer: Importer; ids: readonly [string, string, string] } {
  const importer = new Importer();
  const ids = [
    importer.import(octets(1)),
    importer.rotateTo(octets(2)),
    importer.import(octets(3), { ImportType: 'NEW_KEY_MATERIAL' }),
  ] as const;
  return { importer, ids };
}

describe('DeleteImportedKeyMaterial', () => {
  // Recording import-key-symmetric: pending import, no ExpirationModel, and the id of the current material stays.
  test('takes the current material when none is named, and the key waits for it', () => {
    const importer = new Importer();
    const id = importer.import(octets(1));
    const CiphertextBlob = importer.engine.encrypt(importer.key.Arn, 'text');
    expect(importer.delete()).toStrictEqual({ KeyId: importer.key.Arn, KeyMaterialId: id });
    const described = importer.describe();
    expect(described).toMatchObject({ KeyState: 'PendingImport', Enabled: false, CurrentKeyMaterialId: id });
    expect(described).not.toHaveProperty('ExpirationModel');
    expect(importer.engine.refusal('Decrypt', { CiphertextBlob })).toEqual(pendingImport(importer));
    expect(importer.import(octets(1))).toBe(id);
    expect(importer.engine.decrypt(CiphertextBlob)).toBe('text');
  });

  test('of a key that never had any succeeds, and there is no id to tell', () => {
    const importer = new Importer();
    const before = importer.engine.everything();
    expect(importer.delete()).toEqual({ KeyId: importer.key.Arn });
    expect(importer.engine.everything()).toBe(before);
  });

  test('twice is as good as once', () => {
    const importer = new Importer();
    const id = importer.import(octets(1));
    const first = importer.delete();
    const before = importer.engine.everything();
    expect(importer.delete()).toStrictEqual(first);
    expect(importer.delete(id)).toStrictEqual(first);
    expect(importer.engine.everything()).toBe(before);
  });

  test('of material that the key never had is refused', () => {
    const engine = new TestEngine();
    const [one, other] = [new Importer(engine), new Importer(engine)];
    one.import(octets(1));
    const id = other.import(octets(1));
    for (const KeyMaterialId of [id, 'f'.repeat(64)]) {
      expect(engine.refusal('DeleteImportedKeyMaterial', { KeyId: one.key.Arn, KeyMaterialId })).toEqual({
        code: 'NotFoundException',
        message: `Key material '${KeyMaterialId}' does not exist`,
      });
    }
  });

  test.each(['', 'abc', 'F'.repeat(64), 'g'.repeat(64)])('an id that is none is refused: %j', (KeyMaterialId) => {
    const importer = new Importer();
    const input = { KeyId: importer.key.Arn, KeyMaterialId };
    expect(importer.engine.refusal('DeleteImportedKeyMaterial', input).code).toBe('ValidationException');
  });

  test('of material that is not current leaves the whole key pending import', () => {
    const { importer, ids } = withThree();
    const { engine } = importer;
    const CiphertextBlob = engine.encrypt(importer.key.Arn);
    expect(importer.delete(ids[0]).KeyMaterialId).toBe(ids[0]);
    expect(importer.describe()).toMatchObject({ KeyState: 'PendingImport', CurrentKeyMaterialId: ids[1] });
    expect(engine.refusal('Decrypt', { CiphertextBlob })).toEqual(pendingImport(importer));
    importer.import(octets(1));
    expect(engine.decrypt(CiphertextBlob)).toBe('secret');
  });

  test('of material that awaits its rotation leaves the key as it is, and the material is forgotten', () => {
    const { importer, ids } = withThree();
    const { engine } = importer;
    importer.delete(ids[2]);
    expect(importer.state).toBe('Enabled');
    expect(importer.materials.map(({ KeyMaterialId }) => KeyMaterialId)).toEqual(ids.slice(0, 2));
    expect(engine.refusal('DeleteImportedKeyMaterial', { KeyId: importer.key.Arn, KeyMaterialId: ids[2] }).code).toBe(
      'NotFoundException',
    );
    // Another may await the next rotation now; so may the same.
    const other = importer.import(octets(4), { ImportType: 'NEW_KEY_MATERIAL' });
    importer.delete(other);
    expect(importer.import(octets(3), { ImportType: 'NEW_KEY_MATERIAL' })).toBe(ids[2]);
  });

  // Nothing of what was forgotten stays in the vault either.
  test('of material that awaits its rotation leaves no trace', () => {
    const importer = new Importer();
    importer.import(octets(1));
    const before = importer.engine.everything();
    importer.delete(importer.import(octets(2), { ImportType: 'NEW_KEY_MATERIAL' }));
    expect(importer.engine.everything()).toBe(before);
  });

  test('a disabled key is pending import, one that is pending deletion stays so', () => {
    const engine = new TestEngine();
    const [disabled, dying] = [new Importer(engine), new Importer(engine)];
    for (const importer of [disabled, dying]) importer.import(octets(1));
    engine.call('DisableKey', { KeyId: disabled.key.Arn });
    engine.call('ScheduleKeyDeletion', { KeyId: dying.key.Arn });
    disabled.delete();
    dying.delete();
    expect(disabled.state).toBe('PendingImport');
    expect(dying.state).toBe('PendingDeletion');
  });

  test('of a key that KMS made is refused', () => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey();
    expect(engine.refusal('DeleteImportedKeyMaterial', { KeyId: Arn })).toEqual({
      code: 'UnsupportedOperationException',
      message: `${Arn} origin is AWS_KMS which is not valid for this operation.`,
    });
  });
});

describe('a key pair or an HMAC key', () => {
  test('a key pair is fixed by its first import', () => {
    const importer = new Importer(undefined, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const [first, second] = [keyPairOf('ECC_NIST_P256', 0), keyPairOf('ECC_NIST_P256', 1)];
    const id = importer.import(first.privateKey);
    const input = {
      KeyId: importer.key.Arn,
      Message: octets(1),
      SigningAlgorithm: 'ECDSA_SHA_256',
    } as const;
    const { Signature = octets(0) } = importer.engine.call('Sign', input);
    const incorrect = {
      code: 'IncorrectKeyMaterialException',
      message: 'The key material is not the key material that was previously imported into the KMS key.',
    };
    expect(importer.refusal(second.privateKey)).toEqual(incorrect);
    expect(importer.delete()).toStrictEqual({ KeyId: importer.key.Arn, KeyMaterialId: id });
    expect(importer.engine.refusal('GetPublicKey', { KeyId: importer.key.Arn })).toEqual(pendingImport(importer));
    expect(importer.engine.refusal('Sign', input)).toEqual(pendingImport(importer));
    expect(importer.refusal(second.privateKey)).toEqual(incorrect);
    expect(importer.import(first.privateKey)).toBe(id);
    expect(importer.engine.call('Verify', { ...input, Signature }).SignatureValid).toBe(true);
  });

  test('an HMAC key is fixed by its first import', () => {
    const importer = new Importer(undefined, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    importer.import(octets(1));
    const input = { KeyId: importer.key.Arn, Message: octets(1), MacAlgorithm: 'HMAC_SHA_256' } as const;
    const { Mac = octets(0) } = importer.engine.call('GenerateMac', input);
    importer.delete();
    expect(importer.engine.refusal('GenerateMac', input)).toEqual(pendingImport(importer));
    expect(importer.refusal(octets(2)).code).toBe('IncorrectKeyMaterialException');
    importer.import(octets(1));
    expect(importer.engine.call('VerifyMac', { ...input, Mac }).MacValid).toBe(true);
  });

  // Symmetric ciphertexts are bound to their key and do not survive that; signatures do.
  test('its bytes live on in a new key after the deletion of the first', () => {
    const engine = new TestEngine();
    const input = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' } as const;
    const [first, second] = [new Importer(engine, input), new Importer(engine, input)];
    const { privateKey } = keyPairOf('ECC_NIST_P256');
    first.import(privateKey);
    const signing = { Message: octets(1), SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    const { Signature = octets(0) } = engine.call('Sign', { KeyId: first.key.Arn, ...signing });
    engine.call('ScheduleKeyDeletion', { KeyId: first.key.Arn, PendingWindowInDays: 7 });
    engine.wait(7 * dayMs);
    second.import(privateKey);
    expect(engine.call('Verify', { KeyId: second.key.Arn, ...signing, Signature }).SignatureValid).toBe(true);
  });
});
