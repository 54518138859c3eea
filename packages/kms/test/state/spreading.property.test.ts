// Whatever is changed and when: once five minutes have passed, authorization decides as it does where changes are seen at once.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { admin, caller, everything, ours, policyText, type StatementText, TestEngine } from '../engine.ts';

const slowest = 300_000;
const users = ['u', 'v'].map((name) => caller(`arn:aws:iam::${ours}:user/${name}`));
const own: StatementText = { ...everything, Principal: { AWS: admin.principal.arn } };
const root: StatementText = { ...everything, Principal: { AWS: `arn:aws:iam::${ours}:root` } };
const policies = [policyText(own), policyText(own, root), policyText(own, { ...everything, Principal: '*' })];

const step = fc.oneof(
  fc.record({ kind: fc.constant('policy' as const), key: fc.nat(1), which: fc.nat(2) }),
  fc.record({ kind: fc.constant('tag' as const), key: fc.nat(1), which: fc.nat(2) }),
  fc.record({ kind: fc.constant('alias' as const), key: fc.nat(1), which: fc.nat(2) }),
  fc.record({ kind: fc.constant('grant' as const), key: fc.nat(1), which: fc.nat(1) }),
  fc.record({ kind: fc.constant('revoke' as const), key: fc.nat(1), which: fc.nat(1) }),
  fc.record({ kind: fc.constant('wait' as const), key: fc.constant(0), which: fc.nat(200_000) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function world(consistency: 'immediate' | 'eventual'): { engine: TestEngine; keys: readonly string[] } {
  const engine = new TestEngine({ consistency });
  const keys = [0, 1].map(() => engine.createKey({ Policy: policies[1] }).Arn);
  for (const [at, user] of users.entries()) {
    const on = at === 0 ? { 'aws:ResourceTag/t': 't1' } : { 'kms:ResourceAliases': 'alias/1' };
    const operator = at === 0 ? 'StringEquals' : 'ForAnyValue:StringEquals';
    engine.attach(user.principal.arn, { ...everything, Action: 'kms:DescribeKey', Condition: { [operator]: on } });
  }
  return { engine, keys };
}

function perform({ engine, keys }: ReturnType<typeof world>, { key, kind, which }: Step): void {
  const KeyId = keys[key] ?? '';
  const alias = { AliasName: `alias/${which}`, TargetKeyId: KeyId };
  const exists = (name: string): boolean =>
    (engine.call('ListAliases', {}).Aliases ?? []).some(({ AliasName }) => AliasName === name);
  if (kind === 'wait') engine.wait(which);
  else if (kind === 'policy') engine.call('PutKeyPolicy', { KeyId, Policy: policies[which] ?? '' });
  else if (kind === 'tag' && which === 0) engine.call('UntagResource', { KeyId, TagKeys: ['t'] });
  else if (kind === 'tag') engine.call('TagResource', { KeyId, Tags: [{ TagKey: 't', TagValue: `t${which}` }] });
  else if (kind === 'alias' && which === 0 && exists('alias/1')) engine.call('DeleteAlias', { AliasName: 'alias/1' });
  else if (kind === 'alias') engine.call(exists(alias.AliasName) ? 'UpdateAlias' : 'CreateAlias', alias);
  else if (kind === 'grant')
    engine.call('CreateGrant', {
      ...{ KeyId, Name: `g${which}`, Operations: ['DescribeKey'] },
      GranteePrincipal: users[which]?.principal.arn ?? '',
    });
  else
    for (const { GrantId = '', Name } of engine.call('ListGrants', { KeyId }).Grants ?? [])
      if (Name === `g${which}`) engine.call('RevokeGrant', { KeyId, GrantId });
}

function decisions({ engine, keys }: ReturnType<typeof world>): string[] {
  return keys.flatMap((keyId) =>
    [admin, ...users].flatMap((by) =>
      (['DescribeKey', 'Encrypt'] as const).flatMap((operation) =>
        engine.kms.explain({ caller: by, operation, keyId }).map(({ outcome }) => outcome),
      ),
    ),
  );
}

test.prop([fc.array(step, { maxLength: 30 })], { numRuns: 60 })('eventual comes to immediate', (steps) => {
  const [eventual, immediate] = [world('eventual'), world('immediate')];
  // What is read is the same all the time, and so are ids and bytes.
  expect(eventual.keys).toEqual(immediate.keys);
  let changedAt = 0;
  for (const one of steps) {
    for (const each of [eventual, immediate]) perform(each, one);
    if (one.kind !== 'wait') changedAt = eventual.engine.now;
    if (eventual.engine.now - changedAt >= slowest) expect(decisions(eventual)).toEqual(decisions(immediate));
  }
  for (const { engine } of [eventual, immediate]) {
    engine.wait(slowest);
    engine.kms.advance();
  }
  expect(decisions(eventual)).toEqual(decisions(immediate));
});
