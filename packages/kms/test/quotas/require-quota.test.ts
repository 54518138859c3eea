// Resource quotas: adjustable ones follow the mode, fixed limits do not.

import { describe, expect, test } from 'vitest';
import { questionCall } from '../../src/question.ts';
import { requireQuota } from '../../src/quotas/require-quota.ts';
import type { QuotaMode } from '../../src/quotas/settings.ts';
import { quotaUsage } from '../../src/quotas/usage.ts';
import { abroad, admin, administratorOf, caller, enforced, home, ours, stranger, TestEngine } from '../engine.ts';

function engineWith(mode: QuotaMode, quota: string, limit: number): TestEngine {
  const engine = new TestEngine();
  engine.kms.setQuotas({ mode, limits: [...enforced.limits, { quota, limit }] });
  return engine;
}

const words = {
  keys: 'The limit of KMS keys in this account and Region has been reached.',
  aliases: (arn: string) => `The limit of aliases has been reached for the key ${arn}.`,
  grants: (arn: string) => `The limit of grants has been reached for the key ${arn}.`,
};

describe('enforced', () => {
  test('an account has so many keys in a Region, those that wait for deletion included', () => {
    const engine = engineWith('enforce', 'AWS KMS keys', 2);
    const { KeyId } = engine.createKey();
    engine.createKey();
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    expect(engine.refusal('CreateKey', {})).toEqual({ code: 'LimitExceededException', message: words.keys });
    // Elsewhere, of others, and by AWS: that is something else.
    engine.createKey({}, caller(administratorOf(ours), abroad));
    engine.createKey({}, stranger);
    engine.call('DescribeKey', { KeyId: 'alias/aws/s3' });
    engine.wait(7 * 86_400_000);
    engine.createKey();
    expect(engine.refusal('CreateKey', {}).code).toBe('LimitExceededException');
  });

  test('a replica is one more in its own Region', () => {
    const engine = engineWith('enforce', 'AWS KMS keys', 1);
    const { KeyId } = engine.createKey({ MultiRegion: true });
    engine.createKey({}, caller(administratorOf(ours), abroad));
    const refusal = engine.refusal('ReplicateKey', { KeyId, ReplicaRegion: abroad });
    expect(refusal).toEqual({ code: 'LimitExceededException', message: words.keys });
    engine.call('ReplicateKey', { KeyId, ReplicaRegion: 'eu-west-2' });
  });

  test('a key has so many aliases and grants', () => {
    const aliases = engineWith('enforce', 'Aliases per KMS key', 1);
    const { KeyId, Arn } = aliases.createKey();
    aliases.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
    expect(aliases.refusal('CreateAlias', { AliasName: 'alias/b', TargetKeyId: KeyId }).message).toBe(
      words.aliases(Arn),
    );

    const grants = engineWith('enforce', 'Grants per KMS key', 1);
    const key = grants.createKey();
    const grant = { KeyId: key.Arn, GranteePrincipal: admin.principal.arn, Operations: ['Encrypt' as const] };
    grants.call('CreateGrant', grant);
    expect(grants.refusal('CreateGrant', grant).message).toBe(words.grants(key.Arn));
  });

  test('a snapshot counts as before', () => {
    const engine = engineWith('enforce', 'AWS KMS keys', 2);
    for (let n = 0; n < 2; n++) engine.createKey();
    const again = new TestEngine({ snapshot: JSON.parse(JSON.stringify(engine.snapshot())) });
    expect(again.refusal('CreateKey', {}).message).toBe(words.keys);
  });
});

test.each([
  ['meter', 1],
  ['off', 0],
] as const)('%s: nothing is refused', (mode, rows) => {
  const engine = engineWith(mode, 'Aliases per KMS key', 2);
  const { KeyId, Arn } = engine.createKey();
  for (let n = 0; n < 5; n++) engine.call('CreateAlias', { AliasName: `alias/${n}`, TargetKeyId: KeyId });
  const used = quotaUsage(engine.kms.throttler).filter(({ quota }) => quota === 'Aliases per KMS key');
  expect(used).toHaveLength(rows);
  if (rows === 1)
    expect(used).toEqual([
      {
        quota: 'Aliases per KMS key',
        kind: 'things',
        account: ours,
        region: home,
        of: Arn,
        limit: 2,
        calls: 5,
        throttled: 3,
        peak: 5,
        remedy: expect.stringContaining('request an increase'),
      },
    ]);
});

test('custom key stores are ten in an account and Region', () => {
  const engine = new TestEngine();
  engine.kms.setQuotas(enforced);
  const call = questionCall(engine.kms, admin, 'CreateCustomKeyStore', {});
  requireQuota(call, 'customKeyStores', 9);
  expect(() => requireQuota(call, 'customKeyStores', 10)).toThrow('The limit of custom key stores');
});

describe('whatever the mode', () => {
  test.each(['enforce', 'meter', 'off'] as const)('%s: fixed limits hold', (mode) => {
    const engine = new TestEngine();
    engine.kms.setQuotas({ ...enforced, mode });
    const { KeyId } = engine.createKey();
    const Tags = Array.from({ length: 51 }, (_, n) => ({ TagKey: `${n}`, TagValue: '' }));
    expect(engine.refusal('CreateKey', { Tags }).code).toBe('TagException');
    expect(engine.refusal('TagResource', { KeyId, Tags }).code).toBe('TagException');
    const Policy = `{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}${' '.repeat(32_768)}}`;
    expect(engine.refusal('CreateKey', { Policy }).code).toBe('LimitExceededException');
    expect(engine.refusal('PutKeyPolicy', { KeyId, Policy }).code).toBe('LimitExceededException');
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: new Uint8Array(4_097) }).code).toBe('ValidationException');
    for (let n = 0; n < 25; n++) {
      engine.call('RotateKeyOnDemand', { KeyId });
      engine.wait(2_000);
    }
    expect(engine.refusal('RotateKeyOnDemand', { KeyId }).code).toBe('LimitExceededException');
  });
});
