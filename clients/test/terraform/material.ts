// Key material that Terraform imports: wrapped as the provider wraps it (importExternalKeyMaterial in internal/service/kms/external_key.go).

import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import type { Call, Change, Given } from './calls.ts';
import { describeKey, disableKey, enableKey } from './key-calls.ts';

const onNotFound = { on: ['NotFoundException'], minutes: 2 };

export const importMaterial: readonly Call[] = [
  {
    ...{ call: 'getParametersForImport', retry: onNotFound, makes: wrapped },
    with: { KeyId: '$id', WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' },
    knows: { publicKey: 'PublicKey', token: 'ImportToken' },
  },
  {
    ...{ call: 'importKeyMaterial', retry: onNotFound },
    with: {
      KeyId: '$id',
      ImportToken: '$token',
      EncryptedKeyMaterial: '$wrapped',
      ExpirationModel: '$expirationModel',
      ValidTo: '$validTo',
    },
  },
  {
    ...describeKey,
    until: { path: 'KeyMetadata.KeyState', is: 'Enabled', or: 'Disabled', pending: ['PendingImport'], minutes: 10 },
  },
  {
    ...describeKey,
    until: {
      ...{ path: 'KeyMetadata.ValidTo', is: '$config.valid_to', as: 'instant' },
      ...{ times: 5, atLeastSeconds: 2, minutes: 5 },
    },
  },
];

/** What somebody does who changes the end of the material's life, or whether the key is on; a key without material cannot be switched. */
export const updateMaterial: Change = { of: ['valid_to'], calls: importMaterial };
export const switchOn: Change = { of: ['enabled'], when: '$config.enabled', calls: enableKey };
export const switchOff: Change = { of: ['enabled'], unless: '$config.enabled', calls: disableKey };

function wrapped({ config, publicKey }: Given): Given {
  const { key_material_base64, valid_to } = config as { key_material_base64: string; valid_to?: string };
  const key = createPublicKey({ key: Buffer.from(publicKey as Uint8Array), format: 'der', type: 'spki' });
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  return {
    wrapped: publicEncrypt({ key, ...padding }, Buffer.from(key_material_base64, 'base64')),
    expirationModel: valid_to === undefined ? 'KEY_MATERIAL_DOES_NOT_EXPIRE' : 'KEY_MATERIAL_EXPIRES',
    validTo: valid_to === undefined ? undefined : new Date(valid_to),
  };
}
