// What a refusal tells of another account's key: the same as of one that is not there.

import { describe, expect, test } from 'vitest';
import { everything, home, ours, type StatementText, TestEngine, texts, theirs, utf8 } from './engine.ts';

const denied: StatementText = { Effect: 'Deny', Action: 'kms:Encrypt', Resource: '*' };

describe('a key of another account', () => {
  test.each<[string, StatementText, boolean]>([
    ['its tags', { ...denied, Condition: { StringEquals: { 'aws:ResourceTag/stage': 'prod' } } }, false],
    ['its spec', { ...denied, Condition: { StringEquals: { 'kms:KeySpec': 'RSA_2048' } } }, false],
    ['its aliases', { ...denied, Condition: { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': '*' } } }, false],
    ['its key ARN, by an alias', { ...denied, Resource: 'arn:aws:kms:*:*:key/*' }, false],
    ['anything', denied, true],
  ])('that is denied on the caller’s side for %s reads like one that is not there', (_what, statement, told) => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey({
      KeySpec: 'RSA_2048',
      KeyUsage: 'ENCRYPT_DECRYPT',
      Tags: [{ TagKey: 'stage', TagValue: 'prod' }],
    });
    engine.call('CreateAlias', { AliasName: 'alias/secret', TargetKeyId: Arn });
    const who = engine.attach(`arn:aws:iam::${theirs}:user/u`, everything, statement);
    const alias = `arn:aws:kms:${home}:${ours}:alias/`;
    const absent = `arn:aws:kms:${home}:${ours}:key/12345678-1234-1234-1234-123456789012`;
    const byArn = 'Resource' in statement && statement['Resource'] !== '*';
    const named = byArn ? [`${alias}secret`, `${alias}absent`] : [Arn, absent, `${alias}secret`, `${alias}absent`];
    const message = told
      ? `User: ${who.principal.arn} is not authorized to perform: kms:Encrypt on this resource with an explicit deny in an identity-based policy`
      : texts.foreign(who, 'kms:Encrypt');
    for (const KeyId of named)
      expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') }, who)).toEqual({
        code: 'AccessDeniedException',
        message,
      });
  });

  test('that is found through a ciphertext alone reads like one that is not there', () => {
    const engine = new TestEngine();
    const CiphertextBlob = engine.encrypt(engine.createKey({ Tags: [{ TagKey: 'a', TagValue: 'b' }] }).Arn);
    const Condition = { StringEquals: { 'aws:ResourceTag/a': 'b' } };
    const who = engine.attach(`arn:aws:iam::${theirs}:user/u`, everything, {
      ...everything,
      Effect: 'Deny',
      Condition,
    });
    expect(engine.refusal('Decrypt', { CiphertextBlob }, who).message).toBe(texts.hidden(who, 'kms:Decrypt'));
  });

  test('the error has the decision itself beside the words', () => {
    const engine = new TestEngine();
    const { Arn: KeyId } = engine.createKey({ Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    const Condition = { StringEquals: { 'aws:ResourceTag/a': 'b' } };
    const who = engine.attach(`arn:aws:iam::${theirs}:user/u`, { ...denied, Condition });
    const { decision } = engine.error('Encrypt', { KeyId, Plaintext: utf8('x') }, who);
    expect(decision?.outcome).toBe('ExplicitDeny');
  });
});
