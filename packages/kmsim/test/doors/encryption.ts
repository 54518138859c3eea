// What every door does with ciphertexts.

import { describe, expect } from 'vitest';
import { bytes, type Door, failureOf, keyWithNames, scenario, text } from './doors.ts';

const context = { project: 'orders', ключ: 'value' };

export function encryption(door: Door): void {
  describe('encryption', () => {
    scenario(door, 'encrypts by every form of a key name, and decrypts without one', async () => {
      await using house = await door.open();
      const kms = house.client();
      const { arn, names } = await keyWithNames(kms);
      for (const KeyId of names) {
        const sealed = await kms.encrypt({ KeyId, Plaintext: bytes(KeyId), EncryptionContext: context });
        expect(sealed.KeyId).toBe(arn);
        const { CiphertextBlob } = sealed;
        const opened = await kms.decrypt({ CiphertextBlob, EncryptionContext: context });
        expect(text(opened.Plaintext)).toBe(KeyId);
        expect(opened).toMatchObject({ KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
        expect(text((await kms.decrypt({ CiphertextBlob, EncryptionContext: context, KeyId })).Plaintext)).toBe(KeyId);
      }
    });

    scenario(door, 'a blob of 32 bytes has 184 bytes, and bytes of every value come back', async () => {
      await using house = await door.open();
      const kms = house.client();
      const { id } = await keyWithNames(kms);
      const Plaintext = Uint8Array.from({ length: 256 }, (_, at) => at);
      const { CiphertextBlob } = await kms.encrypt({ KeyId: id, Plaintext });
      expect(new Uint8Array((await kms.decrypt({ CiphertextBlob })).Plaintext ?? [])).toEqual(Plaintext);
      const short = await kms.encrypt({ KeyId: id, Plaintext: Plaintext.subarray(0, 32) });
      expect(short.CiphertextBlob).toHaveLength(184);
    });

    scenario(door, 'another context, no context and one pair less are refused, and so is a changed byte', async () => {
      await using house = await door.open();
      const kms = house.client();
      const { id } = await keyWithNames(kms);
      const { CiphertextBlob } = await kms.encrypt({
        KeyId: id,
        Plaintext: bytes('secret'),
        EncryptionContext: context,
      });
      const { ключ: _, ...less } = context;
      for (const EncryptionContext of [{ project: 'other' }, {}, undefined, less, { ...context, Project: 'orders' }]) {
        const failure = await failureOf(kms.decrypt({ CiphertextBlob, EncryptionContext }));
        expect(failure).toMatchObject({ name: 'InvalidCiphertextException', status: 400 });
      }
      const changed = Uint8Array.from(CiphertextBlob ?? []);
      changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
      const failure = await failureOf(kms.decrypt({ CiphertextBlob: changed, EncryptionContext: context }));
      expect(failure.name).toBe('InvalidCiphertextException');
    });

    scenario(
      door,
      'a context pair named __proto__ is a pair like any other',
      async () => {
        await using house = await door.open();
        const kms = house.client();
        const { id: KeyId } = await keyWithNames(kms);
        const EncryptionContext = JSON.parse('{"__proto__":"own","constructor":"x"}') as Record<string, string>;
        const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: bytes('kept'), EncryptionContext });
        expect(text((await kms.decrypt({ CiphertextBlob, EncryptionContext })).Plaintext)).toBe('kept');
        const less = kms.decrypt({ CiphertextBlob, EncryptionContext: { constructor: 'x' } as never });
        expect((await failureOf(less)).name).toBe('InvalidCiphertextException');
      },
      'every context pair',
    );

    scenario(door, 'data keys come in the length asked for, with a blob that opens to them', async () => {
      await using house = await door.open();
      const kms = house.client();
      const { arn, id: KeyId } = await keyWithNames(kms);
      const asked = [
        { KeySpec: 'AES_256' },
        { KeySpec: 'AES_128' },
        { NumberOfBytes: 1 },
        { NumberOfBytes: 1024 },
      ] as const;
      for (const [at, length] of [32, 16, 1, 1024].entries()) {
        const made = await kms.generateDataKey({ KeyId, ...asked[at], EncryptionContext: context });
        expect(made.Plaintext).toHaveLength(length);
        expect(made.KeyId).toBe(arn);
        const opened = await kms.decrypt({ CiphertextBlob: made.CiphertextBlob, EncryptionContext: context });
        expect(new Uint8Array(opened.Plaintext ?? [])).toEqual(new Uint8Array(made.Plaintext ?? []));
      }
      const hidden = await kms.generateDataKeyWithoutPlaintext({ KeyId, KeySpec: 'AES_256' });
      expect(hidden).not.toHaveProperty('Plaintext');
      expect((await kms.decrypt({ CiphertextBlob: hidden.CiphertextBlob })).Plaintext).toHaveLength(32);
      expect((await failureOf(kms.generateDataKey({ KeyId }))).name).toBe('ValidationException');
    });

    scenario(door, 're-encrypts under another key and another context', async () => {
      await using house = await door.open();
      const kms = house.client();
      const from = await keyWithNames(kms, 'alias/from');
      const to = await keyWithNames(kms, 'alias/to');
      const first = await kms.encrypt({ KeyId: from.id, Plaintext: bytes('moved'), EncryptionContext: { at: 'home' } });
      const moved = await kms.reEncrypt({
        CiphertextBlob: first.CiphertextBlob,
        SourceEncryptionContext: { at: 'home' },
        DestinationKeyId: 'alias/to',
        DestinationEncryptionContext: { at: 'work' },
      });
      expect(moved).toMatchObject({ SourceKeyId: from.arn, KeyId: to.arn });
      const { CiphertextBlob } = moved;
      expect(text((await kms.decrypt({ CiphertextBlob, EncryptionContext: { at: 'work' } })).Plaintext)).toBe('moved');
      expect((await failureOf(kms.decrypt({ CiphertextBlob, EncryptionContext: { at: 'home' } }))).name).toBe(
        'InvalidCiphertextException',
      );
      const wrong = kms.decrypt({ CiphertextBlob, KeyId: from.id, EncryptionContext: { at: 'work' } });
      expect((await failureOf(wrong)).name).toBe('IncorrectKeyException');
    });

    scenario(door, 'gives 1 to 1024 random bytes, none twice', async () => {
      await using house = await door.open();
      const kms = house.client();
      for (const NumberOfBytes of [1, 32, 1024]) {
        expect((await kms.generateRandom({ NumberOfBytes })).Plaintext).toHaveLength(NumberOfBytes);
      }
      const draws = await Promise.all(Array.from({ length: 20 }, () => kms.generateRandom({ NumberOfBytes: 16 })));
      expect(new Set(draws.map(({ Plaintext }) => `${Plaintext}`)).size).toBe(20);
      for (const NumberOfBytes of [0, 1025]) {
        expect((await failureOf(kms.generateRandom({ NumberOfBytes }))).name).toBe('ValidationException');
      }
    });
  });
}
