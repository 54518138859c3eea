// CreateGrant: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html

import { describe, expect, test } from 'vitest';
import type { GrantOperation, OperationInputs } from '../../src/api/types.ts';
import type { GrantRecord } from '../../src/state/records.ts';
import { delegatingTo, enforced, ours, stranger, TestEngine, texts, theirs, utf8 } from '../engine.ts';
import { alice, bob, carol, grantIds, grantOn } from '../granting.ts';
import { aboutKey } from './key-suite.ts';

type Input = Partial<OperationInputs['CreateGrant']>;

const role = `arn:aws:iam::${ours}:role/App`;

aboutKey({
  operation: 'CreateGrant',
  prepare: () => (KeyId) => ({ KeyId, GranteePrincipal: alice.principal.arn, Operations: ['Encrypt'] }),
  names: 'key',
  otherAccounts: true,
  disabled: 'DisabledException',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'KMSInvalidStateException',
});

describe('a new grant', () => {
  test('has an id of 64 digits and a token, and nothing else', () => {
    const engine = new TestEngine();
    const { Arn: KeyId } = engine.createKey();
    const answer = engine.call('CreateGrant', {
      KeyId,
      GranteePrincipal: alice.principal.arn,
      Operations: ['Encrypt'],
    });
    expect(answer).toStrictEqual({
      GrantToken: expect.stringMatching(/^[\w-]{491}$/),
      GrantId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('works at once, and the ids and tokens of two are different', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') }, alice).code).toBe('AccessDeniedException');
    const [one, two] = [grantOn(engine, KeyId), grantOn(engine, KeyId)];
    engine.call('Encrypt', { KeyId, Plaintext: utf8('x') }, alice);
    expect(one.GrantId).not.toBe(two.GrantId);
    expect(one.GrantToken).not.toBe(two.GrantToken);
    expect(grantIds(engine, KeyId)).toEqual([one.GrantId, two.GrantId]);
  });

  test('of a caller of another account names that account as its issuer', () => {
    const engine = new TestEngine();
    const { Arn: KeyId } = engine.createKey({ Policy: delegatingTo(ours, theirs) });
    grantOn(engine, KeyId, { GranteePrincipal: carol.principal.arn }, stranger);
    expect(engine.call('ListGrants', { KeyId }).Grants?.[0]?.IssuingAccount).toBe(`arn:aws:iam::${theirs}:root`);
    engine.call('Encrypt', { KeyId, Plaintext: utf8('x') }, carol);
  });

  test('lists an operation once', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    grantOn(engine, KeyId, { Operations: ['Decrypt', 'Encrypt', 'Decrypt'] });
    expect(engine.call('ListGrants', { KeyId }).Grants?.[0]?.Operations).toEqual(['Decrypt', 'Encrypt']);
  });

  test('is not made by a dry run', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const input = { KeyId, GranteePrincipal: role, Operations: ['Encrypt'], DryRun: true } as const;
    expect(engine.refusal('CreateGrant', input)).toEqual({ code: 'DryRunOperationException', message: texts.dryRun });
    expect(engine.refusal('CreateGrant', { ...input, Operations: ['Sign'] }).code).toBe('ValidationException');
    expect(engine.refusal('CreateGrant', input, alice).code).toBe('AccessDeniedException');
  });
});

describe('a name', () => {
  const first = {
    Name: 'n',
    RetiringPrincipal: bob.principal.arn,
    Operations: ['Encrypt', 'Decrypt'] as GrantOperation[],
    Constraints: { EncryptionContextSubset: { a: '1', b: '2' } },
  };

  test('makes the same request the same grant, with another token', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const one = grantOn(engine, KeyId, first);
    const reordered = { Operations: ['Decrypt', 'Encrypt'] as const };
    const again = grantOn(engine, KeyId, {
      ...first,
      ...reordered,
      Constraints: { EncryptionContextSubset: { b: '2', a: '1' } },
    });
    expect(again.GrantId).toBe(one.GrantId);
    expect(again.GrantToken).not.toBe(one.GrantToken);
    expect(grantIds(engine, KeyId)).toEqual([one.GrantId]);
  });

  test('is free again when the grant is gone', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const one = grantOn(engine, KeyId, first);
    engine.call('RetireGrant', { GrantToken: one.GrantToken });
    expect(grantOn(engine, KeyId, first).GrantId).not.toBe(one.GrantId);
  });

  test.each<[string, Input]>([
    ['another name', { Name: 'm' }],
    ['another grantee', { GranteePrincipal: role }],
    ['another retiring principal', { RetiringPrincipal: role }],
    ['other operations', { Operations: ['Encrypt'] }],
    ['other constraints', { Constraints: { EncryptionContextSubset: { a: '1' } } }],
    ['constraints of another kind', { Constraints: { EncryptionContextEquals: { a: '1', b: '2' } } }],
  ])('with %s it is another grant', (_what, other) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const one = grantOn(engine, KeyId, first);
    expect(grantOn(engine, KeyId, { ...first, ...other }).GrantId).not.toBe(one.GrantId);
    expect(grantIds(engine, KeyId)).toHaveLength(2);
  });

  test('makes the same grant after a snapshot, and none the same without a name', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const { Name, ...nameless } = first;
    const one = grantOn(engine, KeyId, first);
    grantOn(engine, KeyId, nameless);
    grantOn(engine, KeyId, nameless);
    const again = new TestEngine({ snapshot: JSON.parse(JSON.stringify(engine.snapshot())) });
    expect(grantOn(again, KeyId, { ...first, Name }).GrantId).toBe(one.GrantId);
    expect(grantIds(again, KeyId)).toHaveLength(3);
  });
});

test('one grant more than 50,000 on a customer managed key, be it named or not', () => {
  const engine = new TestEngine();
  const { Arn: KeyId } = engine.createKey();
  grantOn(engine, KeyId, { Name: 'n' });
  const [[id, some] = expect.fail('no grant')] = engine.snapshot().state.grants;
  for (let at = 1; at < 50_000; at++) {
    const { name: _, ...grant }: GrantRecord = { ...some, id: `${at}`, ordinal: 1000 + at };
    engine.kms.state.set('grants', grant.id, grant);
  }
  const full = { KeyId, GranteePrincipal: alice.principal.arn, Operations: ['Encrypt', 'Decrypt'] } as const;
  engine.kms.setQuotas(enforced);
  expect(() => engine.call('CreateGrant', full)).toThrow(`The limit of grants has been reached for the key ${KeyId}.`);
  expect(engine.call('CreateGrant', { ...full, Name: 'n' }).GrantId).toBe(id);
  engine.call('RevokeGrant', { KeyId, GrantId: id });
  engine.call('CreateGrant', full);
});
