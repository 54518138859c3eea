// The attributes of the keys that KMS makes: 256-bit AES, not exportable, for encryption and decryption.
// https://docs.aws.amazon.com/kms/latest/developerguide/create-cmk-keystore.html

import type { Attributes } from './attributes.ts';

const noBytes = new Uint8Array();

export function aesKeyAttributes(label: string): Attributes {
  return {
    CKA_CLASS: 'CKO_SECRET_KEY',
    CKA_KEY_TYPE: 'CKK_AES',
    CKA_LABEL: label,
    CKA_ID: noBytes,
    CKA_TOKEN: true,
    CKA_PRIVATE: true,
    CKA_LOCAL: true,
    CKA_MODIFIABLE: true,
    CKA_DESTROYABLE: true,
    CKA_ENCRYPT: true,
    CKA_DECRYPT: true,
    CKA_SIGN: false,
    CKA_VERIFY: false,
    CKA_WRAP: false,
    CKA_UNWRAP: false,
    CKA_DERIVE: false,
    CKA_SENSITIVE: true,
    CKA_ALWAYS_SENSITIVE: true,
    CKA_EXTRACTABLE: false,
    CKA_NEVER_EXTRACTABLE: true,
    CKA_TRUSTED: false,
    CKA_WRAP_WITH_TRUSTED: false,
    CKA_VALUE_LEN: 32,
  };
}
