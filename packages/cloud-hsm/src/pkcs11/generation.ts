// The mechanisms that make keys in the HSM.

import type { KeyType } from '../keys/attributes.ts';
import type { Template } from './attribute-table.ts';
import type { GenerationMechanism } from './mechanisms.ts';
import { ecKeyPair, isSecretLength, type NewKeyPair, type NewObject, rsaKeyPair, secretKey } from './objects.ts';
import type { Failure } from './return-codes.ts';
import type { Toolbox } from './toolbox.ts';

export type KeyMechanism = Extract<GenerationMechanism, 'CKM_AES_KEY_GEN' | 'CKM_GENERIC_SECRET_KEY_GEN'>;
export type KeyPairMechanism = Exclude<GenerationMechanism, KeyMechanism>;

interface Generation<Made> {
  readonly keyType: KeyType;
  make(tools: Toolbox, template: Template): Made | Failure;
}

function random(keyType: KeyType): Generation<NewObject> {
  return {
    keyType,
    make: (tools, { CKA_VALUE_LEN }) => {
      if (CKA_VALUE_LEN === undefined) return 'CKR_TEMPLATE_INCOMPLETE';
      if (!isSecretLength(keyType, CKA_VALUE_LEN)) return 'CKR_ATTRIBUTE_VALUE_INVALID';
      return secretKey(keyType, tools.draw(CKA_VALUE_LEN));
    },
  };
}

export const keyGenerations: Readonly<Record<KeyMechanism, Generation<NewObject>>> = {
  CKM_AES_KEY_GEN: random('CKK_AES'),
  CKM_GENERIC_SECRET_KEY_GEN: random('CKK_GENERIC_SECRET'),
};

export const keyPairGenerations: Readonly<Record<KeyPairMechanism, Generation<NewKeyPair>>> = {
  CKM_RSA_PKCS_KEY_PAIR_GEN: { keyType: 'CKK_RSA', make: rsaKeyPair },
  CKM_RSA_X9_31_KEY_PAIR_GEN: { keyType: 'CKK_RSA', make: rsaKeyPair },
  CKM_EC_KEY_PAIR_GEN: { keyType: 'CKK_EC', make: ecKeyPair },
};
