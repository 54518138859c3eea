// From the name of a key to its record. What every operation does with names is in operations/key-suite.ts; here is the rest.

import { describe, expect, test } from 'vitest';
import { abroad, administratorOf, caller, home, ours, stranger, TestEngine, utf8 } from '../engine.ts';

describe('names', () => {
  test('an alias follows its key when it is moved', () => {
    const engine = new TestEngine();
    const [first, second] = [engine.createKey(), engine.createKey()];
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: first.KeyId });
    const old = engine.encrypt('alias/a');
    engine.call('UpdateAlias', { AliasName: 'alias/a', TargetKeyId: second.KeyId });
    expect(engine.call('Encrypt', { KeyId: 'alias/a', Plaintext: utf8('x') }).KeyId).toBe(second.Arn);
    expect(engine.decrypt(old)).toBe('secret');
    // The alias names another key than the ciphertext now.
    expect(engine.refusal('Decrypt', { KeyId: 'alias/a', CiphertextBlob: old }).code).toBe('IncorrectKeyException');
  });

  test('case matters in aliases and in ARNs', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    engine.call('CreateAlias', { AliasName: 'alias/Name', TargetKeyId: KeyId });
    for (const name of ['alias/name', 'ALIAS/Name', KeyId.toUpperCase(), Arn.replace('kms', 'KMS')]) {
      expect(['NotFoundException', 'InvalidArnException']).toContain(
        engine.refusal('DescribeKey', { KeyId: name }).code,
      );
    }
  });

  test('no name is found among what objects inherit', () => {
    const engine = new TestEngine();
    for (const name of ['__proto__', 'constructor', 'toString', 'alias/__proto__', 'alias/constructor']) {
      expect(engine.refusal('DescribeKey', { KeyId: name }).code).toBe('NotFoundException');
    }
  });

  test('the ARN of a key in the wrong Region or partition names nothing', () => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey();
    const there = caller(administratorOf(ours), abroad);
    // Recording describe-key-across-regions: although the key exists there.
    expect(engine.refusal('DescribeKey', { KeyId: Arn }, there)).toEqual({
      code: 'NotFoundException',
      message: `Invalid arn ${home}`,
    });
    const inChina = Arn.replace('arn:aws:', 'arn:aws-cn:');
    expect(engine.refusal('DescribeKey', { KeyId: inChina })).toEqual({
      code: 'InvalidArnException',
      message: `Invalid arn ${inChina}`,
    });
  });

  test('a bare alias is of the own account and Region', () => {
    const engine = new TestEngine();
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: engine.createKey().KeyId });
    for (const who of [stranger, caller(administratorOf(ours), abroad)]) {
      expect(engine.refusal('DescribeKey', { KeyId: 'alias/a' }, who).message).toMatch(
        /^Alias .*:alias\/a is not found\.$/,
      );
    }
  });

  test('an alias of another account tells nothing of its key, however it is refused', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
    const name = (alias: string) => ({ KeyId: `arn:aws:kms:${home}:${ours}:alias/${alias}` });
    const who = engine.attach(administratorOf('444455556666'), { Effect: 'Deny', Action: '*', Resource: '*' });
    const refused = engine.refusal('DescribeKey', name('a'), who);
    expect(refused.message).not.toContain(KeyId);
    const absent = engine.refusal('DescribeKey', name('b'), who);
    expect({ ...absent, message: absent.message?.replace('alias/b', 'alias/a') }).toEqual(refused);
  });
});
