// What conditions can ask of a call that makes a grant, or is about grants.

import { expect, test } from 'vitest';
import type { OperationInputs } from '../src/api/types.ts';
import { admin, home, ours, TestEngine } from './engine.ts';
import { alice, bob, grantOn } from './granting.ts';

type Input = Partial<OperationInputs['CreateGrant']>;

const role = `arn:aws:iam::${ours}:role/App`;
const sourceArn = `arn:aws:ec2:${home}:${ours}:volume/vol-1`;

test('conditions of policies see the grant that is to be made', () => {
  const condition = (operator: string, key: string, value: unknown) => ({ [operator]: { [key]: value } });
  const wanted: [object, Input][] = [
    [condition('StringEquals', 'kms:GranteePrincipal', role), { GranteePrincipal: role }],
    [condition('StringEquals', 'kms:RetiringPrincipal', role), { RetiringPrincipal: role }],
    [
      condition('ForAllValues:StringEquals', 'kms:GrantOperations', ['Decrypt', 'DescribeKey']),
      { Operations: ['DescribeKey', 'Decrypt'] },
    ],
    [
      condition('StringEquals', 'kms:GrantConstraintType', 'EncryptionContextSubset'),
      { Constraints: { EncryptionContextSubset: { a: 'b' } } },
    ],
    [
      condition('StringEquals', 'kms:EncryptionContext:a', 'b'),
      { Constraints: { EncryptionContextEquals: { a: 'b' } } },
    ],
    [
      condition('ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', 'a'),
      { Constraints: { EncryptionContextSubset: { a: 'b' } } },
    ],
    [condition('ArnEquals', 'kms:GrantConstraintSourceArn', sourceArn), { Constraints: { SourceArn: sourceArn } }],
    [
      condition('StringEquals', 'kms:GranteeServicePrincipal', 's3.amazonaws.com'),
      {
        GranteePrincipal: undefined,
        GranteeServicePrincipal: 's3.amazonaws.com',
        RetiringPrincipal: role,
        Constraints: { SourceArn: sourceArn },
      },
    ],
    [
      condition('StringEquals', 'kms:RetiringServicePrincipal', 's3.amazonaws.com'),
      { RetiringServicePrincipal: 's3.amazonaws.com' },
    ],
    [condition('Bool', 'kms:GrantIsForAWSResource', 'false'), {}],
  ];
  for (const [Condition, input] of wanted) {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const may = engine.attach(bob.principal.arn, {
      Effect: 'Allow',
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition,
    });
    grantOn(engine, KeyId, input, may);
    if (Object.keys(input).length === 0) continue;
    const other = { KeyId, GranteePrincipal: alice.principal.arn, Operations: ['Encrypt'] } as const;
    expect(engine.refusal('CreateGrant', other, may).code).toBe('AccessDeniedException');
  }
});

// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html: "Allow attachment of persistent resources".
test('a right that is for AWS resources only does not let a user make a grant', () => {
  const engine = new TestEngine();
  const { KeyId } = engine.createKey();
  const may = engine.attach(bob.principal.arn, {
    Effect: 'Allow',
    Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
    Resource: '*',
    Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  });
  const { GrantId } = grantOn(engine, KeyId, {}, admin);
  const input = { KeyId, GranteePrincipal: role, Operations: ['Encrypt'] } as const;
  expect(engine.refusal('CreateGrant', input, may).code).toBe('AccessDeniedException');
  expect(engine.refusal('ListGrants', { KeyId }, may).code).toBe('AccessDeniedException');
  expect(engine.refusal('RevokeGrant', { KeyId, GrantId }, may).code).toBe('AccessDeniedException');
});
