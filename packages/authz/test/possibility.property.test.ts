// What is told of unknown conditions holds for every value that they may have.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { authorize } from '../src/authorize.ts';
import { contextOf } from '../src/context.ts';
import { possibilityOf } from '../src/possibility.ts';
import { identityPolicy, KEY, keyPolicy, named, OWNER, principal, user } from './sample.ts';

const service = fc.constantFrom('s3', 'ec2');
const condition = fc.oneof(
  fc.constant(undefined),
  fc
    .tuple(fc.constantFrom('StringEquals', 'StringNotEquals', 'StringEqualsIfExists'), service)
    .map(([operator, value]) => ({ [operator]: { 'kms:ViaService': value } })),
  fc.boolean().map((value) => ({ Null: { 'kms:ViaService': value } })),
);
const statement = (principals: boolean) =>
  fc
    .record({
      Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      Action: fc.constantFrom('kms:Decrypt', 'kms:*', 'kms:Sign'),
      Principal: fc.constantFrom(OWNER, user('Alice'), '*'),
      Condition: condition,
    })
    .map(({ Condition, Principal, ...rest }) => ({
      ...rest,
      Resource: '*',
      ...(Condition && { Condition }),
      ...(principals && { Principal: { AWS: Principal } }),
    }));
const requests = fc.record({
  keyPolicy: fc.array(statement(true), { minLength: 1, maxLength: 4 }).map((list) => keyPolicy(...list)),
  identityPolicies: fc
    .array(statement(false), { minLength: 1, maxLength: 2 })
    .map((list) => named(identityPolicy(...list))),
});

test.prop([requests], { numRuns: 500 })('whatever the request turns out to be', (written) => {
  const request = {
    ...written,
    principal: principal(user('Alice')),
    action: 'kms:Decrypt',
    resource: KEY,
    keyAccount: OWNER,
  };
  const { unless, ways } = possibilityOf(request, (key) => key === 'kms:viaservice');
  const outcomes = [undefined, 's3', 'ec2', 'sqs'].map(
    (value) =>
      authorize({ ...request, context: contextOf(value === undefined ? [] : [['kms:ViaService', value]]) }).outcome,
  );
  if (ways.length === 0) expect(outcomes).not.toContain('Allow');
  if (ways.some((way) => way.length === 0) && unless.length === 0)
    expect(new Set(outcomes)).toEqual(new Set(['Allow']));
  if (ways.length > 0 && unless.length === 0) expect(outcomes).not.toContain('ExplicitDeny');
});
