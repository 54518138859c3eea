// Many statements about others: in the identity policies of the caller, and in the key policy as far as it has room.

import { createKmsim } from 'kmsim';
import { context, seed } from '../keys.ts';
import type { Effort, Table } from '../suite.ts';
import { type Among, among, plaintext } from './among.ts';

const account = '000000000000';
const app = `arn:aws:iam::${account}:role/App`;
// A key policy has 32,768 bytes at most: https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
const inKeyPolicy = 250;
const inIdentityPolicy = 100;

interface Statement {
  readonly Effect: 'Allow';
  readonly Principal?: { readonly AWS: string };
  readonly Action: string | readonly string[];
  readonly Resource: string;
}

export async function statements(effort: Effort): Promise<readonly Table[]> {
  const counts = effort.statementCounts;
  const short = [...new Set(counts.map((count) => Math.min(count, inKeyPolicy)))];
  return [
    await among(
      'Encrypt, 32 B, by one whose identity policies have many statements',
      'statements',
      await Promise.all(counts.map(byIdentityPolicies)),
      effort,
    ),
    await among(
      'Encrypt, 32 B, under a key whose policy has many statements',
      'statements',
      await Promise.all(short.map(byKeyPolicy)),
      effort,
    ),
  ];
}

/** So many statements, the last of which lets the caller in. */
function manyOf(count: number, one: (n: number) => Statement, last: Statement): readonly Statement[] {
  return Array.from({ length: count }, (_, n) => (n === count - 1 ? last : one(n)));
}

async function byIdentityPolicies(count: number): Promise<Among> {
  const all = manyOf(
    count,
    (n) => ({ Effect: 'Allow', Action: 'kms:Encrypt', Resource: `arn:aws:kms:us-east-1:${account}:key/other-${n}` }),
    { Effect: 'Allow', Action: ['kms:Encrypt', 'kms:Decrypt'], Resource: '*' },
  );
  const policies: Record<string, { readonly Version: string; readonly Statement: readonly Statement[] }> = {};
  for (let at = 0; at < count; at += inIdentityPolicy)
    policies[`many-${at}`] = { Version: '2012-10-17', Statement: all.slice(at, at + inIdentityPolicy) };
  const sim = createKmsim({ seed, identities: [{ arn: app, policies }] });
  const KeyId = (await sim.as().createKey({})).KeyMetadata?.KeyId ?? '';
  return { count, run: encryption(sim.as(app), KeyId) };
}

async function byKeyPolicy(count: number): Promise<Among> {
  const toRoot: Statement = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  const Statement = manyOf(
    count,
    (n) => ({ Effect: 'Allow', Principal: { AWS: `${app}${n}` }, Action: 'kms:Encrypt', Resource: '*' }),
    toRoot,
  );
  const kms = createKmsim({ seed }).as();
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  const KeyId = (await kms.createKey({ Policy })).KeyMetadata?.KeyId ?? '';
  return { count, run: encryption(kms, KeyId) };
}

function encryption(kms: ReturnType<ReturnType<typeof createKmsim>['as']>, KeyId: string): Among['run'] {
  return async (times) => {
    for (let n = 0; n < times; n++) await kms.encrypt({ KeyId, Plaintext: plaintext, EncryptionContext: context });
  };
}
