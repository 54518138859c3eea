// Resource quotas against the published numbers and the recorded wording.

import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { quotaMessage, resourceQuotas } from '../../src/tables/resource-quotas.ts';

const rows = Object.values(resourceQuotas);

// https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html, and API_TagResource.
test('the published limits', () => {
  expect(Object.fromEntries(rows.map(({ adjustable, limit, name }) => [name, [limit, adjustable]]))).toEqual({
    'AWS KMS keys': [100_000, true],
    'Aliases per KMS key': [50, true],
    'Grants per KMS key': [50_000, true],
    'Custom key stores': [10, true],
    'Tags per KMS key': [50, false],
    'Key policy document size': [32_768, false],
    'On-demand rotation': [25, false],
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

const facts = new URL('../../../../../shared/facts/quotas.json', import.meta.url);

test.skipIf(!existsSync(facts))(
  'the collected facts agree row by row (skipped without ../shared beside the project)',
  () => {
    interface Fact {
      readonly name: string;
      readonly default: number;
      readonly adjustable: boolean;
      readonly error: string;
      readonly operations: readonly string[];
    }
    const { resourceQuotas: told } = JSON.parse(readFileSync(facts, 'utf8')) as { resourceQuotas: readonly Fact[] };
    const ours = rows
      .filter(({ name }) => name !== 'Tags per KMS key')
      .map(({ adjustable, code, limit, name, operations }) => ({ name, limit, adjustable, code, operations }));
    const theirs = told.map(({ adjustable, default: limit, error: code, name, operations }) => {
      return { name, limit, adjustable, code, operations };
    });
    expect(new Set(ours)).toEqual(new Set(theirs));
  },
);
