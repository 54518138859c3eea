// Grants in authorization: what one allows, to whom, from when on and until when.

import { describe, expect, test } from 'vitest';
import type { GrantOperation, OperationInputs } from '../src/api/types.ts';
import { caller, dayMs, everything, ours, policyText, TestEngine, utf8 } from './engine.ts';
import { alice, bob, carol, grantIds, grantOn } from './granting.ts';

const Plaintext = utf8('secret');
const SourceArn = `arn:aws:ec2:us-east-1:${ours}:volume/vol-1`;

describe('a grant alone', () => {
  test('lets its grantee in, of this account or another, and nobody else', () => {
    for (const [grantee, other] of [
      [alice, carol],
      [carol, alice],
    ] as const) {
      const engine = new TestEngine();
      const { Arn: KeyId } = engine.createKey();
      grantOn(engine, KeyId, { GranteePrincipal: grantee.principal.arn });
      const { CiphertextBlob = new Uint8Array() } = engine.call('Encrypt', { KeyId, Plaintext }, grantee);
      // By the ciphertext alone, too.
      expect(engine.call('Decrypt', { CiphertextBlob }, grantee).Plaintext).toEqual(Plaintext);
      expect(engine.refusal('Encrypt', { KeyId, Plaintext }, other).code).toBe('AccessDeniedException');
      expect(engine.refusal('DescribeKey', { KeyId }, grantee).code).toBe('AccessDeniedException');
    }
  });

  test('to a role is for its sessions, to a session for that one only', () => {
    const session = (name: string) => caller(`arn:aws:sts::${ours}:assumed-role/App/${name}`);
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const { GrantId } = grantOn(engine, KeyId, { GranteePrincipal: `arn:aws:iam::${ours}:role/team/App` });
    engine.call('Encrypt', { KeyId, Plaintext }, session('one'));
    engine.call('RevokeGrant', { KeyId, GrantId });
    grantOn(engine, KeyId, { GranteePrincipal: session('one').principal.arn });
    engine.call('Encrypt', { KeyId, Plaintext }, session('one'));
    expect(engine.refusal('Encrypt', { KeyId, Plaintext }, session('two')).code).toBe('AccessDeniedException');
  });

  test('to an account is for those whom its IAM lets in', () => {
    const engine = new TestEngine();
    const { Arn: KeyId } = engine.createKey();
    grantOn(engine, KeyId, { GranteePrincipal: carol.principal.arn.replace(/user.*/, 'root') });
    expect(engine.refusal('Encrypt', { KeyId, Plaintext }, carol).code).toBe('AccessDeniedException');
    engine.attach(carol.principal.arn, everything);
    engine.call('Encrypt', { KeyId, Plaintext }, carol);
  });

  test('yields to an explicit deny, in the key policy and in an identity policy', () => {
    const engine = new TestEngine();
    const own = { ...everything, Principal: { AWS: `arn:aws:iam::${ours}:root` } };
    const deny = { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' } as const;
    const { KeyId } = engine.createKey({ Policy: policyText(own, deny), BypassPolicyLockoutSafetyCheck: true });
    grantOn(engine, KeyId);
    const { CiphertextBlob } = engine.call('Encrypt', { KeyId, Plaintext }, alice);
    expect(engine.refusal('Decrypt', { CiphertextBlob }, alice).code).toBe('AccessDeniedException');
    engine.attach(alice.principal.arn, { ...everything, Effect: 'Deny' });
    expect(engine.refusal('Encrypt', { KeyId, Plaintext }, alice).message).toContain('explicit deny');
  });

  test('with an encryption context allows that context', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const may = (EncryptionContext?: Record<string, string>): boolean => {
      const input = { KeyId, Plaintext, EncryptionContext };
      return engine.kms
        .explain({
          caller: alice,
          operation: 'Encrypt',
          keyId: KeyId,
          input: { EncryptionContext: new Map(Object.entries(EncryptionContext ?? {})) },
        })
        .every(({ outcome }) => outcome === 'Allow')
        ? engine.call('Encrypt', input, alice) !== undefined
        : engine.refusal('Encrypt', input, alice).code !== 'AccessDeniedException';
    };
    const subset = grantOn(engine, KeyId, { Constraints: { EncryptionContextSubset: { a: '1' } } });
    expect([may({ a: '1' }), may({ a: '1', b: '2' }), may({ a: '2' }), may({}), may()]).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    engine.call('RevokeGrant', { KeyId, GrantId: subset.GrantId });
    grantOn(engine, KeyId, { Constraints: { EncryptionContextEquals: { a: '1' } } });
    expect([may({ a: '1' }), may({ A: '1' }), may({ a: '1', b: '2' }), may()]).toEqual([true, true, false, false]);
  });

  test('for a source is of no use to one who calls by himself, but to describe the key', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    grantOn(engine, KeyId, { Operations: ['Encrypt', 'DescribeKey'], Constraints: { SourceArn } });
    expect(engine.refusal('Encrypt', { KeyId, Plaintext }, alice).code).toBe('AccessDeniedException');
    engine.call('DescribeKey', { KeyId }, alice);
  });

  test('ends with its key, and comes back with no other', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    grantOn(engine, KeyId, { RetiringPrincipal: bob.principal.arn });
    grantOn(engine, KeyId);
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    expect(grantIds(engine, KeyId)).toHaveLength(2);
    engine.wait(7 * dayMs);
    expect(engine.call('ListRetirableGrants', { RetiringPrincipal: bob.principal.arn }).Grants).toEqual([]);
    expect(engine.snapshot().state.grants).toEqual([]);
  });
});

describe('ReEncrypt', () => {
  test('needs a grant on each side, or another right', () => {
    const engine = new TestEngine();
    const [from, to] = [engine.createKey(), engine.createKey()];
    const input = { CiphertextBlob: engine.encrypt(from.KeyId), DestinationKeyId: to.KeyId };
    grantOn(engine, from.KeyId, { Operations: ['ReEncryptFrom'] });
    expect(engine.refusal('ReEncrypt', input, alice).message).toContain('kms:ReEncryptTo');
    grantOn(engine, to.KeyId, { Operations: ['ReEncryptTo'] });
    engine.call('ReEncrypt', input, alice);
  });
});

describe('a child grant', () => {
  const parent = { Operations: ['Encrypt', 'CreateGrant'] as GrantOperation[] };
  const child = { GranteePrincipal: bob.principal.arn, Operations: ['Encrypt'] as GrantOperation[] };

  test('is no wider than the grant it comes from', () => {
    const engine = new TestEngine();
    const { Arn: KeyId } = engine.createKey();
    grantOn(engine, KeyId, parent);
    grantOn(engine, KeyId, child, alice);
    engine.call('Encrypt', { KeyId, Plaintext }, bob);
    expect(engine.refusal('CreateGrant', { KeyId, ...child, Operations: ['Decrypt'] }, alice).code).toBe(
      'AccessDeniedException',
    );
    // The child has no right to make grants.
    expect(engine.refusal('CreateGrant', { KeyId, ...child }, bob).code).toBe('AccessDeniedException');
  });

  test('keeps the constraints of its parent, or has stricter ones', () => {
    const engine = new TestEngine();
    const { Arn: KeyId } = engine.createKey();
    grantOn(engine, KeyId, { ...parent, Constraints: { EncryptionContextSubset: { a: '1' } } });
    const ask = (Constraints?: OperationInputs['CreateGrant']['Constraints']) => ({ KeyId, ...child, Constraints });
    for (const Constraints of [
      undefined,
      { EncryptionContextSubset: { a: '2' } },
      { EncryptionContextEquals: { b: '1' } },
    ])
      expect(engine.refusal('CreateGrant', ask(Constraints), alice).code).toBe('AccessDeniedException');
    engine.call('CreateGrant', ask({ EncryptionContextSubset: { a: '1', b: '2' } }), alice);
    engine.call('CreateGrant', ask({ EncryptionContextEquals: { a: '1' } }), alice);
  });

  test('of one whose right comes from a policy may have any operation', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    grantOn(engine, KeyId, parent);
    engine.attach(alice.principal.arn, { Effect: 'Allow', Action: 'kms:CreateGrant', Resource: '*' });
    grantOn(engine, KeyId, { ...child, Operations: ['Decrypt', 'DescribeKey'] }, alice);
    engine.call('DescribeKey', { KeyId }, bob);
  });
});

describe('explain', () => {
  test('names the grant that lets somebody in', () => {
    const engine = new TestEngine({ grantPropagation: 60_000 });
    const { KeyId } = engine.createKey();
    const { GrantId, GrantToken } = grantOn(engine, KeyId);
    const ask = (input?: Readonly<Record<string, unknown>>) =>
      engine.kms.explain({ caller: alice, operation: 'Encrypt', keyId: KeyId, ...(input && { input }) })[0];
    expect(ask()?.outcome).toBe('ImplicitDeny');
    expect(ask({ GrantTokens: [GrantToken] })?.decidedBy).toMatchObject({ policyType: 'grant', policy: GrantId });
    engine.wait(60_000);
    expect(ask()?.decidedBy).toMatchObject({ policyType: 'grant', policy: GrantId });
  });

  test('asks the grant who may retire it', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const { GrantId } = grantOn(engine, KeyId, { RetiringPrincipal: bob.principal.arn });
    const ask = (who: typeof alice, grantId?: string) =>
      engine.kms.explain({ caller: who, operation: 'RetireGrant', keyId: KeyId, grantId })[0];
    expect(ask(bob, GrantId)?.decidedBy).toMatchObject({ policyType: 'grant', policy: GrantId });
    expect(ask(alice, GrantId)?.outcome).toBe('ImplicitDeny');
    expect(() => ask(bob)).toThrow("'grantId'");
    expect(() => ask(bob, '0'.repeat(64))).toThrow('does not exist');
  });
});
