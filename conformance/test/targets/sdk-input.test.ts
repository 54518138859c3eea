// The wire's text and numbers as the SDK's bytes and dates.

import { expect, test } from 'vitest';
import { sdkInput } from '../../src/targets/sdk-input.ts';

test('blobs become bytes and times become dates, where the model has them', () => {
  const body = {
    KeyId: 'AQID',
    ImportToken: 'AQID',
    EncryptedKeyMaterial: 'BAU=',
    ValidTo: 1_700_000_000.5,
    ExpirationModel: 'KEY_MATERIAL_EXPIRES',
  };
  expect(sdkInput('ImportKeyMaterial', body)).toEqual({
    KeyId: 'AQID',
    ImportToken: Uint8Array.of(1, 2, 3),
    EncryptedKeyMaterial: Uint8Array.of(4, 5),
    ValidTo: new Date(1_700_000_000_500),
    ExpirationModel: 'KEY_MATERIAL_EXPIRES',
  });
});

test('also inside lists and structures, and whatever has another type stays as it is', () => {
  expect(sdkInput('Decrypt', { CiphertextBlob: 5, Recipient: { AttestationDocument: 'AQ==' }, Odd: [1] })).toEqual({
    CiphertextBlob: 5,
    Recipient: { AttestationDocument: Uint8Array.of(1) },
    Odd: [1],
  });
  expect(sdkInput('TagResource', { Tags: [{ TagKey: 'AQ==' }] })).toEqual({ Tags: [{ TagKey: 'AQ==' }] });
  expect(sdkInput('Nothing', { A: 'AQ==' })).toEqual({ A: 'AQ==' });
});
