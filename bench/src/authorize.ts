// Decisions of @kmsim/authz by themselves: what policies and grants cost that have to be looked at.

import {
  type AuthorizationRequest,
  contextOf,
  authorize as decide,
  explainDecision,
  GrantIndex,
  type Policy,
  type PolicyType,
  parsePolicy,
  parsePrincipal,
} from '@kmsim/authz';
import { type Alternative, interleave, rowsOf } from './interleave.ts';
import type { Suite } from './suite.ts';

const account = '111122223333';
const app = `arn:aws:iam::${account}:role/App`;
const floor = 'a key policy of one statement that names the caller';

export const authorize: Suite = {
  name: 'authorize',
  about: 'One decision, without a request around it, against the smallest one there is.',
  nodeFlags: [],
  run: async (effort) => {
    const alternatives = [
      deciding(floor, { keyPolicy: policy('key policy', [toApp]) }, 'Allow'),
      deciding('default key policy and one identity policy', usual, 'Allow'),
      deciding('  refused', { ...usual, action: 'kms:Sign' }, 'ImplicitDeny'),
      deciding('100 statements and 1,000 grants, the last one allows', many(1_000, true), 'Allow'),
      deciding('100 statements and 1,000 grants to others', many(1_000, false), 'ImplicitDeny'),
      deciding('100 statements and 50,000 grants to others', many(50_000, false), 'ImplicitDeny'),
    ];
    const refused = requestOf({ ...usual, action: 'kms:Sign' });
    const reasons = [
      deciding('refused, the reasons not read', refused, 'ImplicitDeny'),
      repeated('refused, with the trace', () => decide(refused).considered.length > 0),
      repeated('refused, with the reasons as text', () => explainDecision(decide(refused)) !== ''),
    ];
    return [
      { title: 'A decision', rows: rowsOf(await interleave(alternatives, effort), floor) },
      { title: 'Its reasons, for whoever asks', rows: rowsOf(await interleave(reasons, effort), reasons[0]?.name) },
    ];
  },
};

const toApp = { Effect: 'Allow', Principal: { AWS: app }, Action: 'kms:Decrypt', Resource: '*' };
const usual: Partial<AuthorizationRequest> = {
  keyPolicy: policy('key policy', [{ ...toApp, Principal: { AWS: account }, Action: 'kms:*' }]),
  identityPolicies: [
    {
      name: 'app',
      policy: policy('identity policy', [{ Effect: 'Allow', Action: ['kms:Encrypt', 'kms:Decrypt'], Resource: '*' }]),
    },
  ],
};

/** A key policy whose statements are about others, and grants that are, with one to the caller at the end or without. */
function many(count: number, last: boolean): Partial<AuthorizationRequest> {
  const statements = Array.from({ length: 100 }, (_, n) => ({ ...toApp, Principal: { AWS: `${app}${n}` } }));
  const grantee = (n: number): string => (last && n === count - 1 ? app : `${app}${n}`);
  const constraints = { encryptionContextSubset: [['tenant', 'example-corporation']] as const };
  const grants = Array.from({ length: count }, (_, n) => {
    return { id: `grant-${n}`, grantee: grantee(n), operations: ['Decrypt', 'Encrypt'], constraints };
  });
  return { keyPolicy: policy('key policy', statements), grants: new GrantIndex(grants) };
}

function policy(type: PolicyType, Statement: readonly object[]): Policy {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), type);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.policy;
}

function principal(): AuthorizationRequest['principal'] {
  const found = parsePrincipal(app);
  if (found === undefined) throw new Error(`${app} is no principal`);
  return found;
}

const context = contextOf([
  ['kms:EncryptionContext:tenant', 'example-corporation'],
  ['kms:EncryptionContextKeys', ['tenant']],
]);
const common = {
  principal: principal(),
  action: 'kms:Decrypt',
  resource: `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  keyAccount: account,
  identityPolicies: [],
  context,
  now: 0,
};

function requestOf(over: Partial<AuthorizationRequest>): AuthorizationRequest {
  return { ...common, ...over };
}

function deciding(name: string, over: Partial<AuthorizationRequest>, outcome: string): Alternative {
  const request = requestOf(over);
  return repeated(name, () => decide(request).outcome === outcome);
}

function repeated(name: string, isAsExpected: () => boolean): Alternative {
  return {
    name,
    run: (times) => {
      // Looked at, or the compiler would leave it out.
      for (let n = 0; n < times; n++) if (!isAsExpected()) throw new Error(`${name}: another outcome`);
    },
  };
}
