// The attributes of an object, as PKCS #11 names them. Numbers are numbers, texts texts, bytes bytes; a table says which may be set when.

export type ObjectClass = 'CKO_SECRET_KEY' | 'CKO_PRIVATE_KEY' | 'CKO_PUBLIC_KEY';
export type KeyType = 'CKK_AES' | 'CKK_GENERIC_SECRET' | 'CKK_RSA' | 'CKK_EC';

export interface Attributes {
  readonly CKA_CLASS: ObjectClass;
  readonly CKA_KEY_TYPE: KeyType;
  readonly CKA_LABEL: string;
  readonly CKA_ID: Uint8Array;
  readonly CKA_TOKEN: boolean;
  readonly CKA_PRIVATE: boolean;
  readonly CKA_LOCAL: boolean;
  readonly CKA_MODIFIABLE: boolean;
  readonly CKA_DESTROYABLE: boolean;
  readonly CKA_ENCRYPT: boolean;
  readonly CKA_DECRYPT: boolean;
  readonly CKA_SIGN: boolean;
  readonly CKA_VERIFY: boolean;
  readonly CKA_WRAP: boolean;
  readonly CKA_UNWRAP: boolean;
  readonly CKA_DERIVE: boolean;
  readonly CKA_SENSITIVE: boolean;
  readonly CKA_ALWAYS_SENSITIVE: boolean;
  readonly CKA_EXTRACTABLE: boolean;
  readonly CKA_NEVER_EXTRACTABLE: boolean;
  readonly CKA_TRUSTED: boolean;
  readonly CKA_WRAP_WITH_TRUSTED: boolean;
  /** Bytes of a secret key. */
  readonly CKA_VALUE_LEN?: number;
  readonly CKA_MODULUS_BITS?: number;
  readonly CKA_MODULUS?: Uint8Array;
  readonly CKA_PUBLIC_EXPONENT?: Uint8Array;
  /** DER of the named curve. */
  readonly CKA_EC_PARAMS?: Uint8Array;
  /** DER: an OCTET STRING around the uncompressed point. */
  readonly CKA_EC_POINT?: Uint8Array;
}
