// Changes that spread in their own time: authorization goes by what was there before, everything else by what is there.

import { describe, expect, test } from 'vitest';
import { admin, caller, everything, ours, policyText, type StatementText, TestEngine, utf8 } from '../engine.ts';

// https://docs.aws.amazon.com/kms/latest/developerguide/abac.html: "up to five minutes".
const slowest = 300_000;
const user = caller(`arn:aws:iam::${ours}:user/u`);
const role = caller(`arn:aws:iam::${ours}:role/r`);

const eventual = (): TestEngine => new TestEngine({ consistency: 'eventual' });
const toUser: StatementText = {
  Effect: 'Allow',
  Principal: { AWS: user.principal.arn },
  Action: 'kms:Encrypt',
  Resource: '*',
};
const own: StatementText = { ...everything, Principal: { AWS: admin.principal.arn } };
const can = (engine: TestEngine, KeyId: string, by = user): boolean => {
  try {
    engine.call('Encrypt', { KeyId, Plaintext: utf8('x') }, by);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'AccessDeniedException' });
    return false;
  }
};
/** How long it stays as it is, looking every second. */
function until(engine: TestEngine, changed: () => boolean): number {
  const start = engine.now;
  while (!changed()) {
    engine.wait(1_000);
    if (engine.now - start > 2 * slowest) throw new Error('it never changes');
  }
  return engine.now - start;
}

describe('a key policy', () => {
  test('is read at once, and decides within five minutes', () => {
    const engine = eventual();
    const { KeyId } = engine.createKey({ Policy: policyText(own) });
    const Policy = policyText(own, toUser);
    engine.call('PutKeyPolicy', { KeyId, Policy });
    expect(engine.call('GetKeyPolicy', { KeyId }).Policy).toBe(Policy);
    expect(can(engine, KeyId)).toBe(false);
    const took = until(engine, () => can(engine, KeyId));
    expect(took).toBeGreaterThanOrEqual(1_000);
    expect(took).toBeLessThanOrEqual(slowest);
  });

  test('that is taken back goes on for as long', () => {
    const engine = eventual();
    const { KeyId } = engine.createKey({ Policy: policyText(own, toUser) });
    expect(can(engine, KeyId)).toBe(true);
    engine.call('PutKeyPolicy', { KeyId, Policy: policyText(own) });
    expect(can(engine, KeyId)).toBe(true);
    until(engine, () => !can(engine, KeyId));
  });

  test('of a new key decides at once, and so does one that AWS Support puts back', () => {
    const engine = eventual();
    const { Arn, KeyId } = engine.createKey({ Policy: policyText(own, toUser) });
    expect(can(engine, KeyId)).toBe(true);
    engine.call('PutKeyPolicy', { KeyId, Policy: policyText(toUser), BypassPolicyLockoutSafetyCheck: true });
    const key = (): NonNullable<ReturnType<typeof engine.kms.state.keyById>> => {
      const found = engine.kms.state.get('keys', Arn);
      if (found === undefined) throw new Error('no key');
      return found;
    };
    // Whom the old policy lets in can still put one.
    expect(engine.kms.restoreKeyPolicy(key())).toEqual({ why: 'not locked out', who: admin.principal.arn });
    engine.wait(slowest);
    expect(engine.kms.restoreKeyPolicy(key())).toBeUndefined();
    expect(can(engine, KeyId)).toBe(false);
    expect(can(engine, KeyId, admin)).toBe(true);
  });

  test('that was put later and has spread sooner makes the earlier one unseen', () => {
    const engine = eventual();
    const { Arn, KeyId } = engine.createKey({ Policy: policyText(own) });
    for (let n = 0; n < 200; n++) {
      const Policy = policyText(own, { ...toUser, Sid: `n${n}` });
      engine.call('PutKeyPolicy', { KeyId, Policy });
    }
    const former = engine.kms.state.get('keys', Arn)?.former?.policy ?? [];
    const instants = former.map((one) => one.until);
    expect(instants).toEqual([...new Set(instants)].sort((a, b) => a - b));
    // Of 200 instants that are drawn, those that no later change undercuts: about the logarithm.
    expect(former.length).toBeLessThan(30);
    const numbers = former.map(({ value }) => Number(/"n(\d+)"/.exec(value)?.[1] ?? -1));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    engine.wait(slowest);
    engine.call('PutKeyPolicy', { KeyId, Policy: policyText(own) });
    // What is over is not kept.
    expect(engine.kms.state.get('keys', Arn)?.former?.policy).toHaveLength(1);
  });
});

describe('a tag', () => {
  const attach = (engine: TestEngine): unknown =>
    engine.attach(user.principal.arn, {
      ...{ Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*' },
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' } },
    });

  test('is listed at once, and opens within five minutes; when it is gone it opens for as long', () => {
    const engine = eventual();
    attach(engine);
    const { KeyId } = engine.createKey();
    engine.call('TagResource', { KeyId, Tags: [{ TagKey: 'team', TagValue: 'blue' }] });
    expect(engine.call('ListResourceTags', { KeyId }).Tags).toHaveLength(1);
    expect(can(engine, KeyId)).toBe(false);
    until(engine, () => can(engine, KeyId));
    engine.wait(slowest);
    engine.call('UntagResource', { KeyId, TagKeys: ['team'] });
    expect(engine.call('ListResourceTags', { KeyId }).Tags).toEqual([]);
    expect(can(engine, KeyId)).toBe(true);
    until(engine, () => !can(engine, KeyId));
  });

  test('that came with the key opens at once', () => {
    const engine = eventual();
    attach(engine);
    expect(can(engine, engine.createKey({ Tags: [{ TagKey: 'team', TagValue: 'blue' }] }).KeyId ?? '')).toBe(true);
  });
});

describe('an alias', () => {
  test('leads to its key at once, and conditions on kms:ResourceAliases see it within five minutes, on both keys', () => {
    const engine = eventual();
    engine.attach(user.principal.arn, {
      ...{ Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*' },
      Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/a' } },
    });
    const [one, two] = [engine.createKey(), engine.createKey()];
    const open = (): boolean[] => [one, two].map(({ KeyId = '' }) => can(engine, KeyId));
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: one.Arn });
    expect(engine.call('DescribeKey', { KeyId: 'alias/a' }).KeyMetadata?.Arn).toBe(one.Arn);
    expect(open()).toEqual([false, false]);
    until(engine, () => can(engine, one.Arn));
    engine.wait(slowest);
    engine.call('UpdateAlias', { AliasName: 'alias/a', TargetKeyId: two.Arn });
    expect(engine.call('DescribeKey', { KeyId: 'alias/a' }).KeyMetadata?.Arn).toBe(two.Arn);
    expect(open()).toEqual([true, false]);
    until(engine, () => can(engine, two.Arn));
    // One change, one instant.
    expect(open()).toEqual([false, true]);
    engine.wait(slowest);
    engine.call('DeleteAlias', { AliasName: 'alias/a' });
    expect(open()).toEqual([false, true]);
    expect(engine.call('ListAliases', { KeyId: two.Arn }).Aliases).toEqual([]);
    until(engine, () => !can(engine, two.Arn));
  });

  test('that is named in the request is kms:RequestAlias at once', () => {
    const engine = eventual();
    engine.attach(user.principal.arn, {
      ...{ Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*' },
      Condition: { StringEquals: { 'kms:RequestAlias': 'alias/a' } },
    });
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: engine.createKey().Arn });
    expect(can(engine, 'alias/a')).toBe(true);
  });
});

describe('a grant', () => {
  const grant = (engine: TestEngine, KeyId: string): { GrantId: string; GrantToken: string } => {
    const made = engine.call('CreateGrant', {
      KeyId,
      GranteePrincipal: role.principal.arn,
      Operations: ['Encrypt'],
    });
    return { GrantId: made.GrantId ?? '', GrantToken: made.GrantToken ?? '' };
  };

  test('works with its token at once, and without it within five minutes; revoked it goes on for as long', () => {
    const engine = eventual();
    const { Arn } = engine.createKey();
    const { GrantId, GrantToken } = grant(engine, Arn);
    expect(can(engine, Arn, role)).toBe(false);
    engine.call('Encrypt', { KeyId: Arn, Plaintext: utf8('x'), GrantTokens: [GrantToken] }, role);
    const took = until(engine, () => can(engine, Arn, role));
    expect(took).toBeLessThanOrEqual(slowest);
    engine.call('RevokeGrant', { KeyId: Arn, GrantId });
    expect(can(engine, Arn, role)).toBe(true);
    expect(engine.call('ListGrants', { KeyId: Arn }).Grants).toEqual([]);
    until(engine, () => !can(engine, Arn, role));
  });

  test('has the delay that was asked for, where one was', () => {
    const engine = new TestEngine({ consistency: 'eventual', grantPropagation: 0 });
    const { Arn } = engine.createKey();
    grant(engine, Arn);
    expect(can(engine, Arn, role)).toBe(true);
  });
});

test('every change has a delay of its own, the same for the same seed', () => {
  const delays = (seed: string): number[] => {
    const engine = new TestEngine({ consistency: 'eventual', seed });
    return Array.from({ length: 50 }, () => {
      const { Arn, KeyId } = engine.createKey();
      engine.call('TagResource', { KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] });
      return (engine.kms.state.get('keys', Arn)?.former?.tags?.[0]?.until ?? 0) - engine.now;
    });
  };
  const first = delays('one');
  expect(delays('one')).toEqual(first);
  expect(delays('two')).not.toEqual(first);
  expect(new Set(first).size).toBeGreaterThan(40);
  for (const delay of first) expect(delay >= 1_000 && delay <= slowest).toBe(true);
});

test('a replica has nothing of what still spreads of its primary', () => {
  const engine = eventual();
  const { KeyId } = engine.createKey({ MultiRegion: true, Policy: policyText(own) });
  engine.call('PutKeyPolicy', { KeyId, Policy: policyText(own, toUser) });
  const { ReplicaKeyMetadata } = engine.call('ReplicateKey', { KeyId, ReplicaRegion: 'eu-west-1' });
  expect(engine.kms.state.get('keys', ReplicaKeyMetadata?.Arn ?? '')).not.toHaveProperty('former');
});

test('a snapshot knows what still spreads, whoever goes on with it', () => {
  const engine = eventual();
  const { KeyId } = engine.createKey({ Policy: policyText(own) });
  engine.call('PutKeyPolicy', { KeyId, Policy: policyText(own, toUser) });
  const snapshot = JSON.parse(JSON.stringify(engine.snapshot()));
  for (const consistency of ['immediate', 'eventual'] as const) {
    const again = new TestEngine({ snapshot, consistency });
    expect(JSON.stringify(again.snapshot())).toBe(JSON.stringify(engine.snapshot()));
    expect(can(again, KeyId ?? '')).toBe(false);
    expect(until(again, () => can(again, KeyId ?? ''))).toBeLessThanOrEqual(slowest);
  }
});

test('a refused change leaves nothing behind, and immediate keeps nothing', () => {
  const engine = eventual();
  const { Arn, KeyId } = engine.createKey({ Policy: policyText(own) });
  engine.refusal('PutKeyPolicy', { KeyId, Policy: policyText(toUser) });
  expect(engine.kms.state.get('keys', Arn)).not.toHaveProperty('former');
  const plain = new TestEngine();
  const key = plain.createKey();
  plain.call('PutKeyPolicy', { KeyId: key.KeyId, Policy: policyText(own) });
  plain.call('TagResource', { KeyId: key.KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] });
  plain.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: key.Arn });
  expect(plain.kms.state.get('keys', key.Arn)).not.toHaveProperty('former');
});
