// Resource quotas: how many of a thing there may be, and the error at one more.
// https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html, read in 2026

import type { ErrorCode } from '../api/errors.ts';

export type ResourceQuotaName =
  | 'keys'
  | 'aliasesPerKey'
  | 'grantsPerKey'
  | 'customKeyStores'
  | 'tagsPerKey'
  | 'policyBytes'
  | 'onDemandRotationsPerKey';

export interface ResourceQuota {
  /** As Service Quotas has it. */
  readonly name: string;
  readonly limit: number;
  /** Of what was another number before. */
  readonly before?: { readonly limit: number; readonly until: 2025 };
  /** Whether an account can ask for more. What it cannot is always enforced. */
  readonly adjustable: boolean;
  /** The operations that make one more. */
  readonly operations: readonly string[];
  readonly code: ErrorCode;
  /** `{keyArn}` stands for the key's ARN. */
  readonly template: string;
}

export const resourceQuotas: Readonly<Record<ResourceQuotaName, ResourceQuota>> = {
  // Customer managed keys of one account and Region, in any state. The wording of this error and of the next three is ours: none is recorded.
  keys: {
    name: 'AWS KMS keys',
    limit: 100_000,
    adjustable: true,
    operations: ['CreateKey', 'ReplicateKey'],
    code: 'LimitExceededException',
    template: 'The limit of KMS keys in this account and Region has been reached.',
  },
  // Aliases that AWS made do not count.
  aliasesPerKey: {
    name: 'Aliases per KMS key',
    limit: 50,
    adjustable: true,
    operations: ['CreateAlias', 'UpdateAlias'],
    code: 'LimitExceededException',
    template: 'The limit of aliases has been reached for the key {keyArn}.',
  },
  // Of a customer managed key; those that services made count, too.
  grantsPerKey: {
    name: 'Grants per KMS key',
    limit: 50_000,
    adjustable: true,
    operations: ['CreateGrant'],
    code: 'LimitExceededException',
    template: 'The limit of grants has been reached for the key {keyArn}.',
  },
  // Of one account and Region, both types together, in any connection state. Not adjustable in 2023.
  customKeyStores: {
    name: 'Custom key stores',
    limit: 10,
    adjustable: true,
    operations: ['CreateCustomKeyStore'],
    code: 'LimitExceededException',
    template: 'The limit of custom key stores in this account and Region has been reached.',
  },
  // API_TagResource; wording recorded by CreateKey with 51 tags.
  tagsPerKey: {
    name: 'Tags per KMS key',
    limit: 50,
    adjustable: false,
    operations: ['CreateKey', 'ReplicateKey', 'TagResource'],
    code: 'TagException',
    template: 'Too many tags',
  },
  // In bytes of UTF-8. The model's own limit of 131,072 characters comes first, as a ValidationException. Wording ours.
  policyBytes: {
    name: 'Key policy document size',
    limit: 32_768,
    adjustable: false,
    operations: ['CreateKey', 'ReplicateKey', 'PutKeyPolicy'],
    code: 'LimitExceededException',
    template: 'The key policy is longer than 32768 bytes.',
  },
  // For the life of the key: transcripts rotate-on-demand-limit (wording) and rotate-on-demand-limit-25.
  onDemandRotationsPerKey: {
    name: 'On-demand rotation',
    limit: 25,
    before: { limit: 10, until: 2025 },
    adjustable: false,
    operations: ['RotateKeyOnDemand'],
    code: 'LimitExceededException',
    template:
      'The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: {keyArn}',
  },
};

/** The text of the error for one key. */
export function quotaMessage(name: ResourceQuotaName, keyArn: string): string {
  return resourceQuotas[name].template.replace('{keyArn}', keyArn);
}
