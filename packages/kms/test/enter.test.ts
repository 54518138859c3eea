// How calls find the grants whose tokens come with them.

import { describe, expect, test } from 'vitest';
import type { GrantOperation } from '../src/api/types.ts';
import { dayMs, TestEngine, texts, utf8 } from './engine.ts';
import { alice, bob, grantOn } from './granting.ts';

const Plaintext = utf8('secret');

describe('a grant token', () => {
  test('is of use to the grantee only, on its key, for what the grant allows', () => {
    const engine = new TestEngine({ grantPropagation: dayMs });
    const [{ Arn: KeyId }, other] = [engine.createKey(), engine.createKey()];
    const { GrantToken } = grantOn(engine, KeyId, { Operations: ['Encrypt'] });
    const GrantTokens = [GrantToken];
    const refusedFor = (who: typeof alice, id: string) =>
      engine.refusal('Encrypt', { KeyId: id, Plaintext, GrantTokens }, who);
    expect(refusedFor(bob, KeyId).message).toBe(texts.noIdentityPolicy(bob, 'kms:Encrypt', KeyId));
    expect(refusedFor(alice, other.KeyId).code).toBe('AccessDeniedException');
    expect(engine.refusal('DescribeKey', { KeyId, GrantTokens }, alice).code).toBe('AccessDeniedException');
    engine.call('Encrypt', { KeyId, Plaintext, GrantTokens }, alice);
  });

  test('counts on both sides of ReEncrypt, and among others', () => {
    const engine = new TestEngine({ grantPropagation: dayMs });
    const [from, to] = [engine.createKey(), engine.createKey()];
    const input = { CiphertextBlob: engine.encrypt(from.KeyId), DestinationKeyId: to.KeyId };
    const tokens = [
      grantOn(engine, from.KeyId, { Operations: ['ReEncryptFrom'] }),
      grantOn(engine, to.KeyId, { Operations: ['ReEncryptTo'] }),
      grantOn(engine, to.KeyId, { GranteePrincipal: bob.principal.arn }),
    ].map(({ GrantToken }) => GrantToken);
    expect(engine.refusal('ReEncrypt', { ...input, GrantTokens: tokens.slice(0, 1) }, alice).code).toBe(
      'AccessDeniedException',
    );
    engine.call('ReEncrypt', { ...input, GrantTokens: tokens }, alice);
  });

  test('lets the grantee make a child grant at once, and describe the key', () => {
    const engine = new TestEngine({ grantPropagation: dayMs });
    const { Arn: KeyId } = engine.createKey();
    const parent = { Operations: ['Encrypt', 'CreateGrant', 'DescribeKey'] as GrantOperation[] };
    const GrantTokens = [grantOn(engine, KeyId, parent).GrantToken];
    engine.call('DescribeKey', { KeyId, GrantTokens }, alice);
    const child = { GranteePrincipal: bob.principal.arn, Operations: ['Encrypt'] as GrantOperation[] };
    expect(engine.refusal('CreateGrant', { KeyId, ...child }, alice).code).toBe('AccessDeniedException');
    grantOn(engine, KeyId, { ...child, GrantTokens }, alice);
  });

  test('that is none is refused by those who have the error, one of a grant that is gone by nobody', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const { GrantId, GrantToken } = grantOn(engine, KeyId);
    expect(engine.refusal('Encrypt', { KeyId, Plaintext, GrantTokens: [GrantToken, 'x'] })).toEqual({
      code: 'InvalidGrantTokenException',
      message: 'The grant token is not valid.',
    });
    // Before the key is looked for.
    expect(engine.refusal('Encrypt', { KeyId: 'none', Plaintext, GrantTokens: ['x'] }).code).toBe(
      'InvalidGrantTokenException',
    );
    engine.call('DescribeKey', { KeyId, GrantTokens: ['x'] });
    engine.call('RevokeGrant', { KeyId, GrantId });
    engine.call('Encrypt', { KeyId, Plaintext, GrantTokens: [GrantToken] });
    expect(engine.refusal('Encrypt', { KeyId, Plaintext, GrantTokens: [GrantToken] }, alice).code).toBe(
      'AccessDeniedException',
    );
  });
});
