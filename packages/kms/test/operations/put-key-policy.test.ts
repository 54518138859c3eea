// PutKeyPolicy: https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html

import { describe, expect, test } from 'vitest';
import {
  admin,
  administratorOf,
  delegatingTo,
  everything,
  ours,
  policyText,
  TestEngine,
  texts,
  theirs,
} from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'PutKeyPolicy',
  prepare: () => (KeyId) => ({ KeyId, Policy: delegatingTo(ours, theirs) }),
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  pendingDeletion: 'works',
  pendingImport: 'works',
});

const lockedOut = {
  code: 'MalformedPolicyDocumentException',
  message: 'The new key policy will not allow you to update the key policy in the future.',
};
const named = (arn: string, Action = 'kms:*') =>
  policyText({ Effect: 'Allow', Principal: { AWS: arn }, Action, Resource: '*' });

describe('PutKeyPolicy', () => {
  test('answers with nothing, and the policy has a say at once', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const user = engine.attach(`arn:aws:iam::${ours}:user/u`);
    expect(engine.refusal('DescribeKey', { KeyId }, user).code).toBe('AccessDeniedException');
    const Policy = policyText(
      { ...everything, Principal: { AWS: administratorOf(ours) } },
      { ...everything, Principal: { AWS: user.principal.arn } },
    );
    expect(engine.call('PutKeyPolicy', { KeyId, Policy, PolicyName: 'default' })).toStrictEqual({});
    engine.call('DescribeKey', { KeyId }, user);
    engine.call('PutKeyPolicy', { KeyId, Policy: delegatingTo(ours) });
    expect(engine.refusal('DescribeKey', { KeyId }, user).code).toBe('AccessDeniedException');
  });

  test('the same text twice is no error', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    for (let time = 0; time < 2; time++) engine.call('PutKeyPolicy', { KeyId, Policy: delegatingTo(ours) });
  });

  test.each([
    ['another user', named(`arn:aws:iam::${ours}:user/other`)],
    ['the caller, for other actions', named(administratorOf(ours), 'kms:Describe*')],
    ['another account', delegatingTo(theirs)],
    [
      'the account, but denies the caller',
      policyText(
        { ...everything, Principal: { AWS: `arn:aws:iam::${ours}:root` } },
        { Effect: 'Deny', Principal: { AWS: administratorOf(ours) }, Action: 'kms:PutKeyPolicy', Resource: '*' },
      ),
    ],
    ['nobody', policyText({ Effect: 'Allow', Principal: '*' })],
  ])('a policy that allows %s locks the caller out, unless that is wanted', (_whom, Policy) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('PutKeyPolicy', { KeyId, Policy })).toEqual(lockedOut);
    expect(engine.refusal('PutKeyPolicy', { KeyId, Policy, BypassPolicyLockoutSafetyCheck: false })).toEqual(lockedOut);
    engine.call('PutKeyPolicy', { KeyId, Policy, BypassPolicyLockoutSafetyCheck: true });
    expect(engine.refusal('PutKeyPolicy', { KeyId, Policy }).code).toBe('AccessDeniedException');
  });

  test.each([
    ['the caller', named(administratorOf(ours))],
    ['the account', delegatingTo(ours)],
    ['everybody', policyText({ ...everything, Principal: '*' })],
  ])('a policy that allows %s does not', (_whom, Policy) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('PutKeyPolicy', { KeyId, Policy });
  });

  test.each([
    ['{', /JSON/],
    ['[]', /JSON object/],
    ['{}', /Statement/],
    [policyText(everything), /principal/],
    [
      policyText({ ...everything, Principal: { AWS: 'somebody' } }),
      /^Policy contains a statement with one or more invalid principals\.$/,
    ],
    [
      policyText({ ...everything, Principal: { AWS: `arn:aws:iam::${ours}:group/g` } }),
      /^Policy contains a statement with one or more invalid principals\.$/,
    ],
  ])('%s is malformed, also when the lockout check is bypassed', (Policy, message) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const refused = engine.refusal('PutKeyPolicy', { KeyId, Policy, BypassPolicyLockoutSafetyCheck: true });
    expect(refused.code).toBe('MalformedPolicyDocumentException');
    expect(refused.message).toMatch(message);
  });

  const padded = (length: number, filler: string) => {
    const text = delegatingTo(ours);
    return text.padEnd(text.length + (length - text.length) / new TextEncoder().encode(filler).length, filler);
  };

  test('32,768 bytes are taken, one more is not', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('PutKeyPolicy', { KeyId, Policy: padded(32_768, ' ') });
    const tooLong = { code: 'LimitExceededException', message: 'The key policy is longer than 32768 bytes.' };
    expect(engine.refusal('PutKeyPolicy', { KeyId, Policy: padded(32_769, ' ') })).toEqual(tooLong);
    // Two bytes a character: half as many are too many.
    const accents = delegatingTo(ours).replace('{"Version"', `{"Id":"${'é'.repeat(16_400)}","Version"`);
    expect(accents.length).toBeLessThan(32_768);
    expect(engine.refusal('PutKeyPolicy', { KeyId, Policy: accents })).toEqual(tooLong);
    expect(engine.refusal('PutKeyPolicy', { KeyId, Policy: 'x'.repeat(131_073) }).code).toBe('ValidationException');
    expect(engine.refusal('PutKeyPolicy', { KeyId, Policy: '{"Id":"\u0100"}' }).code).toBe('ValidationException');
  });

  test('there is no policy of another name', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('PutKeyPolicy', { KeyId, PolicyName: 'other', Policy: delegatingTo(ours) })).toEqual({
      code: 'NotFoundException',
      message: 'No such policy exists',
    });
  });

  test('the policy of an AWS managed key is not to be changed', () => {
    const engine = new TestEngine();
    const { Arn = '' } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' }).KeyMetadata ?? {};
    for (const BypassPolicyLockoutSafetyCheck of [false, true]) {
      const input = { KeyId: Arn, Policy: delegatingTo(ours), BypassPolicyLockoutSafetyCheck };
      expect(engine.refusal('PutKeyPolicy', input)).toEqual({
        code: 'AccessDeniedException',
        message: texts.noKeyPolicy(admin, 'kms:PutKeyPolicy', Arn),
      });
    }
  });
});
