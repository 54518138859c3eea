// What a cluster holds at most. https://docs.aws.amazon.com/cloudhsm/latest/userguide/limits.html (system quotas)

export type HsmType = 'hsm1.medium' | 'hsm2m.medium';

export interface Limits {
  readonly keys: number;
  readonly users: number;
}

export const limitsOf: Readonly<Record<HsmType, Limits>> = {
  'hsm1.medium': { keys: 3_300, users: 250 },
  'hsm2m.medium': { keys: 16_666, users: 1_024 },
};

export const maxHsms = 28;
export const maxUserNameLength = 31;
/** PKCS #11 sessions of one application. */
export const maxSessionsOfClient = 1_024;

// The page of today says 8 to 32; KMS takes 7 to 32 for the same password, and the page said so before.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateCustomKeyStore.html (KeyStorePassword)
export const passwordLength: { readonly min: number; readonly max: number } = { min: 7, max: 32 };

// https://docs.aws.amazon.com/cloudhsm/latest/userguide/key_mgmt_util-loginHSM.html
export const maxBadPasswords = 5;
