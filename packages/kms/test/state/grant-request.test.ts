// What KMS asks of a new grant. https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html

import { describe, expect, test } from 'vitest';
import type { OperationInputs } from '../../src/api/types.ts';
import { home, ours, TestEngine, theirs } from '../engine.ts';
import { alice, grantIds, grantOn } from '../granting.ts';

type Input = Partial<OperationInputs['CreateGrant']>;

const role = `arn:aws:iam::${ours}:role/App`;
const sourceArn = `arn:aws:ec2:${home}:${ours}:volume/vol-1`;
const pairs = (count: number, value = 'v') =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, value]));

function refused(input: Input, key: OperationInputs['CreateKey'] = {}): { code: string; message: string | undefined } {
  const engine = new TestEngine();
  const { Arn: KeyId } = engine.createKey(key);
  const whole = { KeyId, GranteePrincipal: alice.principal.arn, Operations: ['Encrypt'] as const, ...input };
  const { code, message } = engine.refusal('CreateGrant', whole);
  return { code, message: message?.replace(KeyId, 'KEY') };
}

describe('what is refused', () => {
  const both = (one: string, other: string) => `Specify either ${one} or ${other}, not both.`;

  test.each<[string, Input, string]>([
    [
      'no grantee',
      { GranteePrincipal: undefined },
      "1 validation error detected: Value null at 'granteePrincipal' failed to satisfy constraint: Member must not be null",
    ],
    [
      'two grantees',
      { GranteeServicePrincipal: 's3.amazonaws.com' },
      both('GranteePrincipal', 'GranteeServicePrincipal'),
    ],
    [
      'two who retire',
      { RetiringPrincipal: role, RetiringServicePrincipal: 's3.amazonaws.com' },
      both('RetiringPrincipal', 'RetiringServicePrincipal'),
    ],
    [
      'a service without a source',
      { GranteePrincipal: undefined, GranteeServicePrincipal: 's3.amazonaws.com', RetiringPrincipal: role },
      'A grant to a service principal must have a SourceArn constraint.',
    ],
    [
      'a service whose grant nobody retires',
      {
        GranteePrincipal: undefined,
        GranteeServicePrincipal: 's3.amazonaws.com',
        Constraints: { SourceArn: sourceArn },
      },
      'A grant to a service principal must have a retiring principal.',
    ],
    [
      'no operations',
      { Operations: [] },
      "1 validation error detected: Value '[]' at 'operations' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    // The words of the service, as a user of it reported them.
    ['CreateGrant alone', { Operations: ['CreateGrant'] }, 'Grants must not contain only the CreateGrant operation.'],
    [
      'nine pairs',
      { Constraints: { EncryptionContextEquals: pairs(9) } },
      'A grant constraint can have at most 8 encryption context pairs.',
    ],
    [
      'a value of 385 characters',
      { Constraints: { EncryptionContextSubset: pairs(1, 'v'.repeat(385)) } },
      'An encryption context value of a grant constraint can have at most 384 characters.',
    ],
    [
      'an operation that the key has not got',
      { Operations: ['Encrypt', 'Sign', 'GetPublicKey'] },
      'KEY has key spec SYMMETRIC_DEFAULT and key usage ENCRYPT_DECRYPT, for which a grant cannot allow: Sign, GetPublicKey.',
    ],
  ])('%s', (_what, input, message) => {
    expect(refused(input)).toEqual({ code: 'ValidationException', message });
  });

  test('eight pairs with values of 384 characters are allowed, of each kind', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const most = pairs(8, 'v'.repeat(384));
    grantOn(engine, KeyId, { Constraints: { EncryptionContextEquals: most, EncryptionContextSubset: most } });
  });

  test('an encryption context constraint on a key that has no encryption context', () => {
    const hmac = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } as const;
    const Operations = ['GenerateMac'] as const;
    const Constraints = { EncryptionContextSubset: { a: 'b' } };
    expect(refused({ Operations, Constraints }, hmac)).toEqual({
      code: 'ValidationException',
      message: 'Encryption context constraints need a symmetric encryption KMS key.',
    });
    const engine = new TestEngine();
    grantOn(engine, engine.createKey(hmac).KeyId, { Operations, Constraints: { SourceArn: sourceArn } });
  });

  test.each([
    'alice',
    ours,
    's3.amazonaws.com',
    `arn:aws:iam::${ours}:group/g`,
    `arn:aws:iam::${ours}:user`,
    `arn:aws-cn:iam::${ours}:user/alice`,
    `arn:aws-cn:sts::${ours}:federated-user/alice`,
    'arn:aws:iam::12:user/alice',
    `arn:aws:iam::${ours}:user/a/`,
  ])('the principal %s', (arn) => {
    const message = `ARN does not refer to a valid principal: ${arn}`;
    expect(refused({ GranteePrincipal: arn })).toEqual({ code: 'InvalidArnException', message });
    expect(refused({ RetiringPrincipal: arn })).toEqual({ code: 'InvalidArnException', message });
  });

  test.each([
    `arn:aws:iam::${theirs}:root`,
    `arn:aws:iam::${ours}:role/team/App`,
    `arn:aws:sts::${ours}:assumed-role/App/session`,
    `arn:aws:sts::${ours}:federated-user/alice`,
  ])('not the principal %s', (arn) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    grantOn(engine, KeyId, { GranteePrincipal: arn, RetiringPrincipal: arn });
    expect(grantIds(engine, KeyId)).toHaveLength(1);
  });
});
