// Resource quotas: how many of a thing there may be, and the error at one more.
// https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html

import type { ErrorCode } from '../api/errors.ts';

export type ResourceQuotaName =
  | 'keys'
  | 'aliasesPerKey'
  | 'grantsPerKey'
  | 'tagsPerKey'
  | 'policyBytes'
  | 'onDemandRotationsPerKey';

export interface ResourceQuota {
  readonly limit: number;
  readonly code: ErrorCode;
  /** `{keyArn}` stands for the key's ARN. */
  readonly template: string;
}

export const resourceQuotas: Readonly<Record<ResourceQuotaName, ResourceQuota>> = {
  // Customer managed keys of one account and Region, in any state. The wording of this error and of the next is ours: none is recorded.
  keys: {
    limit: 100_000,
    code: 'LimitExceededException',
    template: 'The limit of KMS keys in this account and Region has been reached.',
  },
  // Aliases that AWS made do not count.
  aliasesPerKey: {
    limit: 50,
    code: 'LimitExceededException',
    template: 'The limit of aliases has been reached for the key {keyArn}.',
  },
  // Of a customer managed key; those that services made count, too.
  grantsPerKey: {
    limit: 50_000,
    code: 'LimitExceededException',
    template: 'The limit of grants has been reached for the key {keyArn}.',
  },
  // API_TagResource; wording recorded by CreateKey with 51 tags.
  tagsPerKey: { limit: 50, code: 'TagException', template: 'Too many tags' },
  // In bytes of UTF-8. The model's own limit of 131,072 characters comes first, as a ValidationException. Wording ours.
  policyBytes: {
    limit: 32_768,
    code: 'LimitExceededException',
    template: 'The key policy is longer than 32768 bytes.',
  },
  // For the life of the key. 10 until 2025: transcripts rotate-on-demand-limit (wording) and rotate-on-demand-limit-25.
  onDemandRotationsPerKey: {
    limit: 25,
    code: 'LimitExceededException',
    template:
      'The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: {keyArn}',
  },
};

/** The text of the error for one key. */
export function quotaMessage(name: ResourceQuotaName, keyArn: string): string {
  return resourceQuotas[name].template.replace('{keyArn}', keyArn);
}
