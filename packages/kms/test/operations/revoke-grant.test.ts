// RevokeGrant: https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html

import { describe, expect, test } from 'vitest';
import { admin, TestEngine, texts, utf8 } from '../engine.ts';
import { alice, bob, grantIds, grantOn } from '../granting.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'RevokeGrant',
  prepare: (engine, keyArn) => {
    const { GrantId } = grantOn(engine, keyArn);
    return (KeyId) => ({ KeyId, GrantId });
  },
  names: 'key',
  otherAccounts: true,
  disabled: 'works',
  pendingDeletion: 'works',
});

describe('RevokeGrant', () => {
  test('ends a grant and no other', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const [one, two] = [grantOn(engine, KeyId), grantOn(engine, KeyId, { GranteePrincipal: bob.principal.arn })];
    expect(engine.call('RevokeGrant', { KeyId, GrantId: one.GrantId })).toStrictEqual({});
    expect(grantIds(engine, KeyId)).toEqual([two.GrantId]);
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') }, alice).code).toBe('AccessDeniedException');
    engine.call('Encrypt', { KeyId, Plaintext: utf8('x') }, bob);
  });

  test('of a grant that is gone, is of another key or never was finds none', () => {
    const engine = new TestEngine();
    const [{ KeyId }, other] = [engine.createKey(), engine.createKey()];
    const [{ GrantId }, its] = [grantOn(engine, KeyId), grantOn(engine, other.KeyId)];
    engine.call('RevokeGrant', { KeyId, GrantId });
    for (const id of [GrantId, its.GrantId, '0'.repeat(64)]) {
      expect(engine.refusal('RevokeGrant', { KeyId, GrantId: id })).toEqual({
        code: 'NotFoundException',
        message: `Grant '${id}' does not exist`,
      });
    }
    expect(grantIds(engine, other.KeyId)).toEqual([its.GrantId]);
  });

  test('of what is no id is refused', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('RevokeGrant', { KeyId, GrantId: 'g' })).toEqual({
      code: 'InvalidGrantIdException',
      message: 'Invalid grant id g',
    });
  });

  test('is not for a grantee, who may retire', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const { GrantId } = grantOn(engine, KeyId, { Operations: ['Encrypt', 'RetireGrant'] });
    expect(engine.refusal('RevokeGrant', { KeyId, GrantId }, alice).code).toBe('AccessDeniedException');
  });

  test('leaves the grants that were made by its right', () => {
    const engine = new TestEngine();
    const { Arn: KeyId } = engine.createKey();
    const { GrantId } = grantOn(engine, KeyId, { Operations: ['Encrypt', 'CreateGrant'] });
    const child = grantOn(engine, KeyId, { GranteePrincipal: bob.principal.arn, Operations: ['Encrypt'] }, alice);
    engine.call('RevokeGrant', { KeyId, GrantId });
    expect(grantIds(engine, KeyId)).toEqual([child.GrantId]);
    engine.call('Encrypt', { KeyId, Plaintext: utf8('x') }, bob);
  });

  test('is not done by a dry run, which finds the grant first', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const { GrantId } = grantOn(engine, KeyId);
    expect(engine.refusal('RevokeGrant', { KeyId, GrantId, DryRun: true })).toEqual({
      code: 'DryRunOperationException',
      message: texts.dryRun,
    });
    expect(engine.refusal('RevokeGrant', { KeyId, GrantId: '0'.repeat(64), DryRun: true }, admin).code).toBe(
      'NotFoundException',
    );
  });
});
