// RetireGrant: https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html

import { describe, expect, test } from 'vitest';
import type { OperationInputs } from '../../src/api/types.ts';
import {
  abroad,
  admin,
  administratorOf,
  caller,
  delegatingTo,
  everything,
  home,
  ours,
  stranger,
  TestEngine,
  texts,
  theirs,
  utf8,
} from '../engine.ts';
import { alice, bob, carol, grantIds, grantOn } from '../granting.ts';

const unknownId = '12345678-1234-1234-1234-123456789012';
const gone = '0'.repeat(64);
const retiring = { Effect: 'Allow', Action: 'kms:RetireGrant', Resource: '*' } as const;

function scene(input: Parameters<typeof grantOn>[2] = {}, key: OperationInputs['CreateKey'] = {}) {
  const engine = new TestEngine();
  const { Arn: KeyId } = engine.createKey(key);
  return { engine, KeyId, ...grantOn(engine, KeyId, input) };
}

describe('a grant is retired', () => {
  test('by its token, by key ARN and id, by key id and id', () => {
    for (const name of ['token', 'arn', 'id'] as const) {
      const { engine, KeyId, GrantId, GrantToken } = scene();
      const id = KeyId.slice(KeyId.indexOf('/') + 1);
      const inputs = { token: { GrantToken }, arn: { KeyId, GrantId }, id: { KeyId: id, GrantId } };
      expect(engine.call('RetireGrant', inputs[name])).toStrictEqual({});
      expect(grantIds(engine, KeyId)).toEqual([]);
      expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') }, alice).code).toBe('AccessDeniedException');
    }
  });

  test('in every state of its key', () => {
    const { engine, KeyId, GrantToken } = scene();
    const other = grantOn(engine, KeyId);
    engine.call('DisableKey', { KeyId });
    engine.call('RetireGrant', { GrantToken });
    engine.call('ScheduleKeyDeletion', { KeyId });
    engine.call('RetireGrant', { KeyId, GrantId: other.GrantId });
    expect(grantIds(engine, KeyId)).toEqual([]);
  });

  test('not by a dry run', () => {
    const { engine, KeyId, GrantToken, GrantId } = scene();
    for (const input of [{ GrantToken }, { KeyId, GrantId }])
      expect(engine.refusal('RetireGrant', { ...input, DryRun: true })).toEqual({
        code: 'DryRunOperationException',
        message: texts.dryRun,
      });
  });
});

describe('who may', () => {
  test('its retiring principal, of this account or another, without any policy', () => {
    for (const who of [bob, carol]) {
      const { engine, KeyId, GrantToken, GrantId } = scene({ RetiringPrincipal: who.principal.arn });
      expect(engine.refusal('RetireGrant', { GrantToken }, who === bob ? carol : bob).code).toBe(
        'AccessDeniedException',
      );
      engine.call('RetireGrant', who === bob ? { GrantToken } : { KeyId, GrantId }, who);
    }
  });

  test('its grantee when it says so', () => {
    const may = scene({ Operations: ['Encrypt', 'RetireGrant'] });
    may.engine.call('RetireGrant', { GrantToken: may.GrantToken }, alice);
    const mayNot = scene();
    expect(mayNot.engine.refusal('RetireGrant', { GrantToken: mayNot.GrantToken }, alice)).toEqual({
      code: 'AccessDeniedException',
      message: texts.noIdentityPolicy(alice, 'kms:RetireGrant', mayNot.KeyId),
    });
  });

  test('a grantee whose constraints the request cannot meet: they are not asked', () => {
    const { engine, GrantToken } = scene({
      Operations: ['Encrypt', 'RetireGrant'],
      Constraints: { EncryptionContextEquals: { a: 'b' } },
    });
    engine.call('RetireGrant', { GrantToken }, alice);
  });

  test('the account that made it, by its root user or its IAM, though the key is another’s', () => {
    const key = { Policy: delegatingTo(ours, theirs) };
    for (const who of [caller(`arn:aws:iam::${theirs}:root`), stranger]) {
      const engine = new TestEngine();
      const { Arn: KeyId } = engine.createKey(key);
      const { GrantToken } = grantOn(engine, KeyId, {}, stranger);
      expect(engine.refusal('RetireGrant', { GrantToken }, carol).code).toBe('AccessDeniedException');
      engine.call('RetireGrant', { GrantToken }, who);
    }
  });

  test('nobody whom an identity policy denies it; a key policy has no say', () => {
    const RetiringPrincipal = bob.principal.arn;
    const deny = { ...everything, Principal: '*', Effect: 'Deny', Action: 'kms:RetireGrant' };
    const Policy = JSON.stringify({ Statement: [JSON.parse(delegatingTo(ours)).Statement, deny].flat() });
    const { engine, GrantToken } = scene({ RetiringPrincipal }, { Policy });
    engine.attach(RetiringPrincipal, { ...retiring, Effect: 'Deny' });
    expect(engine.refusal('RetireGrant', { GrantToken }, bob).message).toContain('explicit deny in an identity-based');
    engine.attach(RetiringPrincipal);
    engine.call('RetireGrant', { GrantToken }, bob);
  });

  test('nobody of a third account by an identity policy alone', () => {
    const { engine, GrantToken, KeyId, GrantId } = scene();
    engine.attach(carol.principal.arn, retiring);
    for (const input of [{ GrantToken }, { KeyId, GrantId }])
      expect(engine.refusal('RetireGrant', input, carol).message).toBe(texts.foreign(carol, 'kms:RetireGrant'));
  });
});

describe('what is not there', () => {
  test('a token that is damaged or of elsewhere is none', () => {
    const { engine, GrantToken } = scene();
    const foreign = new TestEngine({ seed: 'another' });
    const { GrantToken: other } = grantOn(foreign, foreign.createKey().KeyId);
    for (const token of ['x', GrantToken.slice(1), `${GrantToken}A`, GrantToken.toLowerCase(), other]) {
      expect(engine.refusal('RetireGrant', { GrantToken: token })).toEqual({
        code: 'InvalidGrantTokenException',
        message: 'The grant token is not valid.',
      });
    }
  });

  test('a grant that is gone is not found, by token or id; nor one of another key or Region', () => {
    const { engine, KeyId, GrantId, GrantToken } = scene();
    const message = `Grant '${GrantId}' does not exist`;
    const there = caller(administratorOf(ours), abroad);
    expect(engine.refusal('RetireGrant', { GrantToken }, there)).toEqual({ code: 'NotFoundException', message });
    const other = engine.createKey().KeyId;
    expect(engine.refusal('RetireGrant', { KeyId: other, GrantId })).toEqual({ code: 'NotFoundException', message });
    engine.call('RetireGrant', { GrantToken });
    for (const input of [{ GrantToken }, { KeyId, GrantId }])
      expect(engine.refusal('RetireGrant', input)).toEqual({ code: 'NotFoundException', message });
  });

  test('a key by a name that is none', () => {
    const { engine, KeyId, GrantId } = scene();
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
    const codes: [string, string][] = [
      ['none', 'NotFoundException'],
      [unknownId, 'NotFoundException'],
      [KeyId.replace(home, abroad), 'NotFoundException'],
      ['arn:aws:s3:::bucket', 'InvalidArnException'],
      [KeyId.replace(/key\/.*/, 'alias/a'), 'InvalidArnException'],
    ];
    for (const [name, code] of codes) expect(engine.refusal('RetireGrant', { KeyId: name, GrantId }).code).toBe(code);
  });

  test.each([
    ['', { ...retiring, Effect: 'Deny' as const }],
    [' by the key’s tags', { ...retiring, Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } } }],
  ])('nor does whoever is denied it by a policy of their own%s', (_how, statement) => {
    const { engine, KeyId, GrantId } = scene({}, { Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    const who = engine.attach(carol.principal.arn, { ...statement, Effect: 'Deny' });
    const messages = [
      { KeyId, GrantId },
      { KeyId, GrantId: gone },
      { KeyId: KeyId.replace(/key\/.*/, `key/${unknownId}`), GrantId },
    ].map((input) => engine.refusal('RetireGrant', input, who).message);
    expect(new Set(messages).size).toBe(1);
  });

  test('of another account’s key nobody learns whether it, or the grant, is there', () => {
    const { engine, KeyId, GrantId } = scene();
    const message = texts.foreign(stranger, 'kms:RetireGrant');
    for (const input of [
      { KeyId, GrantId },
      { KeyId, GrantId: gone },
      { KeyId: KeyId.replace(/key\/.*/, `key/${unknownId}`), GrantId },
    ])
      expect(engine.refusal('RetireGrant', input, stranger)).toEqual({ code: 'AccessDeniedException', message });
  });

  test.each([
    {},
    { KeyId: unknownId },
    { GrantId: gone },
    { GrantToken: 'x', GrantId: gone },
    { GrantToken: 'x', KeyId: unknownId },
    { GrantToken: 'x', KeyId: unknownId, GrantId: gone },
  ])('%j names no grant, or two', (input) => {
    expect(new TestEngine().refusal('RetireGrant', input, admin)).toEqual({
      code: 'ValidationException',
      message: 'Specify either GrantToken, or both KeyId and GrantId.',
    });
  });

  test('what is no id', () => {
    const { engine, KeyId } = scene();
    expect(engine.refusal('RetireGrant', { KeyId, GrantId: 'g' }).code).toBe('InvalidGrantIdException');
  });
});
