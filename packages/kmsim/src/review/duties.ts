// Which actions administer keys and which use them: the two that a key policy should not give to one principal.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html

/** Whoever has one of these decides what becomes of a key. */
export const administering: readonly string[] = [
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:DisableKey',
  'kms:DeleteImportedKeyMaterial',
];

/** Whoever has one of these reads data or speaks in the name of its owner. */
export const using: readonly string[] = [
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:GenerateDataKey',
  'kms:Sign',
  'kms:GenerateMac',
  'kms:DeriveSharedSecret',
];

/** AWS Foundational Security Best Practices, KMS.1 and KMS.2: https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html */
export const decrypting: readonly string[] = ['kms:Decrypt', 'kms:ReEncryptFrom'];
