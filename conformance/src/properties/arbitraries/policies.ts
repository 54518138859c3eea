// Key policies from a small palette: who is named, what is allowed, what is denied, and what no policy is.

import * as fc from 'fast-check';
import type { TargetPrincipal } from '../../target.ts';
import type { Json } from '../../transcript.ts';
import { often } from './often.ts';

type Statement = { readonly [element: string]: Json };

function statement(Effect: 'Allow' | 'Deny', AWS: Json, Action: Json): Statement {
  return { Effect, Principal: { AWS }, Action, Resource: '*' };
}

function policy(...Statement: readonly Statement[]): Json {
  return { $jsonText: { Version: '2012-10-17', Statement } };
}

const root: Json = { $template: 'arn:aws:iam::${account}:root' };
const everything = statement('Allow', root, 'kms:*');

/** For the account that the target's own caller belongs to. */
export function keyPolicy(principals: readonly TargetPrincipal[]): fc.Arbitrary<Json> {
  const somebody = fc.constantFrom<Json>('*', ...principals.map(({ arn }) => arn));
  const action = fc.constantFrom<Json>(
    ...[
      'kms:Encrypt',
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:ReEncrypt*',
      'kms:GenerateDataKey*',
      'kms:Get*',
      'KMS:encrypt',
    ],
    ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'],
  );
  const allowed = fc.tuple(somebody, action).map(([who, what]) => policy(everything, statement('Allow', who, what)));
  const denied = fc.tuple(somebody, action).map(([who, what]) => policy(everything, statement('Deny', who, what)));
  const narrow = fc
    .constantFrom<Json>(
      ['kms:Describe*', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
      ['kms:DescribeKey', 'kms:Encrypt', 'kms:Put*'],
    )
    .map((what) => policy(statement('Allow', root, what)));
  // Accounts that are there: the real service refuses others.
  const accounts = [...new Set(principals.map(({ arn }) => `arn:aws:iam::${arn.split(':')[4]}:root`))];
  const foreign = fc
    .constantFrom<Json>(root, ...accounts)
    .map((account) =>
      policy(everything, statement('Allow', account, ['kms:Encrypt', 'kms:Decrypt', 'kms:DescribeKey'])),
    );
  return often(
    [3, allowed],
    [2, denied],
    [1, narrow],
    [2, foreign],
    [1, fc.constant(policy(everything))],
    [1, fc.constantFrom<Json>(...unusable)],
  );
}

// Nobody could change the policy any more; or it is no policy.
const unusable: readonly Json[] = [
  policy(statement('Allow', root, 'kms:Encrypt')),
  policy(everything, statement('Deny', '*', 'kms:PutKeyPolicy')),
  policy({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }),
  { $jsonText: { Version: '2012-10-17', Statement: [] } },
  ...['{', 'x', '[]', '{"Statement":7}', '\u20ac', ''],
  { $jsonText: { Version: '2012-10-17', Statement: [everything], Id: 'x'.repeat(32_768) } },
];
