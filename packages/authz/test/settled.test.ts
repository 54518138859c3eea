// What is kept of permissions: it never says yes where the decision would not, and it does say yes.

import { describe, expect, test } from 'vitest';
import { authorize } from '../src/authorize.ts';
import { GrantIndex } from '../src/grant-index.ts';
import type { Principal } from '../src/principal.ts';
import type { AuthorizationRequest } from '../src/request.ts';
import { Settled } from '../src/settled.ts';
import { Dice, drawAsk, drawWorld } from './brute-force/draw.ts';
import { compile, requestOf } from './brute-force/first.ts';
import type { Document, World, Written } from './brute-force/world.ts';
import {
  DEFAULT_KEY_POLICY,
  identityPolicy,
  KEY,
  keyPolicy,
  named,
  OTHER,
  OTHER_KEY,
  OWNER,
  policy,
  principal,
  user,
} from './sample.ts';

const everything = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
const alice = principal(user('Alice'));

const plain: AuthorizationRequest = {
  principal: alice,
  action: 'kms:Encrypt',
  resource: KEY,
  keyPolicy: DEFAULT_KEY_POLICY,
  keyAccount: OWNER,
  crossAccount: true,
  awsManaged: false,
  identityPolicies: named(identityPolicy(everything)),
};

/** Decides, and keeps it as the corridor does. */
function asked(settled: Settled, request: AuthorizationRequest): void {
  if (authorize(request).outcome === 'Allow') settled.note(request);
}

describe('what was allowed by plain policies', () => {
  const settled = new Settled();
  asked(settled, plain);

  test('is allowed again, on whatever resource and in whatever circumstances', () => {
    expect(settled.allows(plain)).toBe(true);
    expect(settled.allows({ ...plain, resource: OTHER_KEY, now: 1, context: () => 'x' })).toBe(true);
    expect(settled.allows({ ...plain, grants: new GrantIndex() })).toBe(true);
  });

  test.each<[string, Partial<AuthorizationRequest>]>([
    ['another action', { action: 'kms:Decrypt' }],
    ['another caller', { principal: principal(user('Bob')) }],
    ['a key of another account', { keyAccount: OTHER }],
    ['a key that AWS manages', { awsManaged: true }],
    ['an operation of one account only', { crossAccount: false }],
    ['another key policy', { keyPolicy: keyPolicy({ ...everything, Principal: '*' }) }],
    ['no key', { keyPolicy: undefined }],
    ['other policies of the caller', { identityPolicies: named(identityPolicy(everything)) }],
    ['a boundary', { boundary: named(policy('permissions boundary', everything))[0] }],
    ['session policies', { sessionPolicies: named(policy('session policy', everything)) }],
    ['service control policies', { serviceControlPolicies: [named(policy('service control policy', everything))] }],
    ['resource control policies', { resourceControlPolicies: [] }],
    ['an endpoint policy', { endpointPolicy: { name: 'e', policy: keyPolicyOfEndpoint() } }],
  ])('%s is decided anew', (_, other) => {
    expect(settled.allows({ ...plain, ...other })).toBe(false);
  });
});

function keyPolicyOfEndpoint() {
  return policy('VPC endpoint policy', { ...everything, Principal: '*' });
}

test.each([
  ['a condition', { ...everything, Condition: { StringEquals: { 'aws:username': 'Alice' } } }],
  ['a resource', { ...everything, Resource: KEY }],
  ['resources that are left out', { Effect: 'Allow', Action: 'kms:*', NotResource: OTHER_KEY }],
  ['a variable', { ...everything, Resource: 'arn:aws:kms:us-west-2:*:key/*${aws:username}*' }],
])('a policy with %s is asked each time, whatever it said', (_, statement) => {
  const settled = new Settled();
  const request = { ...plain, identityPolicies: named(identityPolicy(everything), identityPolicy(statement)) };
  expect(authorize(request).outcome).toBe('Allow');
  settled.note(request);
  expect(settled.allows(request)).toBe(false);
});

test('many callers of one key are known, the latest surely', () => {
  const settled = new Settled();
  const requests = Array.from({ length: 20 }, (_, n) => ({ ...plain, principal: principal(user(`user-${n}`)) }));
  for (const request of requests) asked(settled, request);
  expect(requests.slice(-4).map((request) => settled.allows(request))).toEqual([true, true, true, true]);
});

/** Most statements without what looks at the resource or at the circumstances: as they are drawn, hardly a world has only such. */
function plainer(world: World, dice: Dice): World {
  const statement = ({ Condition, NotResource, Resource, ...rest }: Written): Written =>
    dice.chance(0.97) ? { ...rest, Resource: '*' } : { ...rest, Condition, NotResource, Resource };
  const simpler = (document: Document): Document => document.map(statement);
  return {
    ...world,
    keyPolicy: world.keyPolicy && simpler(world.keyPolicy),
    identity: world.identity.map(simpler),
    boundary: world.boundary && simpler(world.boundary),
    session: world.session.map(simpler),
    scps: world.scps?.map((level) => level.map(simpler)),
    rcps: world.rcps.map(simpler),
    endpoint: world.endpoint && simpler(world.endpoint),
  };
}

test('never yes where the decision is no', () => {
  const principals = new Map<string, Principal>();
  let yes = 0;
  for (let seed = 0; seed < 2_000; seed++) {
    const dice = new Dice(seed);
    const compiled = compile(plainer(drawWorld(dice), dice));
    const settled = new Settled();
    for (let ask = 0; ask < 12; ask++) {
      const request = requestOf(compiled, drawAsk(dice));
      const known = principals.get(request.principal.arn) ?? request.principal;
      principals.set(known.arn, known);
      const once = { ...request, principal: known };
      if (!settled.allows(once)) {
        asked(settled, once);
        continue;
      }
      yes++;
      expect(authorize(once).outcome, `seed ${seed}, ask ${ask}`).toBe('Allow');
    }
  }
  // A law of what never happens would prove nothing.
  expect(yes).toBeGreaterThan(200);
});
