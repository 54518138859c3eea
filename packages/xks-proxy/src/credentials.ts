// The credential that AWS KMS signs its requests with. It has nothing to do with any principal of AWS.

import type { Seed } from './seed.ts';

export interface XksCredential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

// https://docs.aws.amazon.com/kms/latest/APIReference/API_XksProxyAuthenticationCredentialType.html
const accessKeyIdForm = /^[A-Z2-7]{20,30}$/;
const secretForm = /^[A-Za-z0-9/+=]{43,64}$/;

/** Whether CreateCustomKeyStore would take it. */
export function isCredential({ accessKeyId, secretAccessKey }: XksCredential): boolean {
  return accessKeyIdForm.test(accessKeyId) && secretForm.test(secretAccessKey);
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 130 bits of id, 256 bits of secret, neither of which tells anything about the other. */
export function credentialOf(seed: Seed): XksCredential {
  const id = seed.bytes('access key id').subarray(0, 26);
  return {
    accessKeyId: Array.from(id, (byte) => base32[byte & 31]).join(''),
    secretAccessKey: Buffer.from(seed.bytes('secret access key')).toString('base64'),
  };
}
