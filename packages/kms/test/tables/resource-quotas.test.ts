// Resource quotas against the published numbers and the recorded wording.

import { expect, test } from 'vitest';
import { quotaMessage, resourceQuotas } from '../../src/tables/resource-quotas.ts';

test('the published limits', () => {
  expect(Object.fromEntries(Object.entries(resourceQuotas).map(([name, quota]) => [name, quota.limit]))).toEqual({
    keys: 100_000,
    aliasesPerKey: 50,
    grantsPerKey: 50_000,
    tagsPerKey: 50,
    policyBytes: 32_768,
    onDemandRotationsPerKey: 25,
  });
});

test('one tag too many is a TagException, everything else a LimitExceededException', () => {
  for (const [name, quota] of Object.entries(resourceQuotas)) {
    expect(quota.code, name).toBe(name === 'tagsPerKey' ? 'TagException' : 'LimitExceededException');
  }
  expect(quotaMessage('tagsPerKey', 'arn:k')).toBe('Too many tags');
});

test('the recorded wording names the key by its ARN', () => {
  expect(quotaMessage('onDemandRotationsPerKey', 'arn:k')).toBe(
    'The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: arn:k',
  );
});
