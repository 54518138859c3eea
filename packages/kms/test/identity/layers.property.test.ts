// The law of layers: a call is allowed when its identity policy allows it, nothing denies it, and whatever limits it allows it too.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Caller } from '../../src/operation.ts';
import { caller, everything, home, ours, policyText, type StatementText, TestEngine } from '../engine.ts';

type Says = 'nothing' | 'allows' | 'is silent' | 'denies';
const layers = ['boundary', 'session', 'scp', 'rcp', 'endpoint'] as const;
type Layer = (typeof layers)[number];
type World = Readonly<Record<Layer | 'identity', Says>>;

const deny: StatementText = { Effect: 'Deny', Action: 'kms:DescribeKey', Resource: '*' };
const silence: StatementText = { Effect: 'Allow', Action: 'kms:EnableKey', Resource: '*' };
const statements: Readonly<Record<Says, readonly StatementText[]>> = {
  nothing: [],
  allows: [everything],
  'is silent': [silence],
  denies: [everything, deny],
};

function textOf(says: Says, principal?: '*'): string | undefined {
  const list = statements[says].map((one) => (principal === undefined ? one : { ...one, Principal: principal }));
  return list.length === 0 ? undefined : policyText(...list);
}

// What `says` nothing is not there at all.
function ask({ boundary, endpoint, identity, rcp, scp, session }: World): string {
  const engine = new TestEngine();
  const { Arn } = engine.createKey();
  const own = textOf(identity);
  const limit = textOf(boundary);
  engine.kms.identities.put({
    arn: `arn:aws:iam::${ours}:role/App`,
    policies: own === undefined ? [] : [{ name: 'own', text: own }],
    ...(limit !== undefined && { boundary: limit }),
  });
  const list = (text: string | undefined) => (text === undefined ? [] : [{ name: 'c', text }]);
  const serviceControls = list(textOf(scp) ?? policyText(everything));
  const resourceControls = list(textOf(rcp, '*'));
  const account = { id: ours, serviceControls, resourceControls: [] };
  const root = {
    id: 'r-1',
    serviceControls: list(policyText(everything)),
    resourceControls,
    units: [],
    accounts: [account],
  };
  if (scp !== 'nothing' || rcp !== 'nothing') engine.kms.organizations.put({ id: 'o-1', root });
  const through = textOf(endpoint, '*');
  if (through !== undefined) engine.kms.endpoints.put({ id: 'vpce-1', vpc: 'vpc-1', account: ours, policy: through });
  const who: Caller = {
    ...caller(`arn:aws:sts::${ours}:assumed-role/App/s`, home),
    session: { policies: engine.kms.policies.named(list(textOf(session)), 'session policy') },
    endpoint: through === undefined ? undefined : 'vpce-1',
  };
  return engine.kms.explain({ caller: who, operation: 'DescribeKey', keyId: Arn })[0]?.outcome ?? 'none';
}

const says = fc.constantFrom<Says>('nothing', 'allows', 'is silent', 'denies');
const worlds: fc.Arbitrary<World> = fc.record({
  identity: says,
  boundary: says,
  session: says,
  scp: says,
  rcp: says,
  endpoint: says,
});

describe('a session of a role, a key that leaves it to the account', () => {
  test.prop([worlds])('is decided by all layers together', (world) => {
    const denied = Object.values(world).includes('denies');
    // Resource control policies give nothing, so that their silence takes nothing.
    const limited = layers.some((layer) => layer !== 'rcp' && world[layer] === 'is silent');
    const expected = denied ? 'ExplicitDeny' : world.identity === 'allows' && !limited ? 'Allow' : 'ImplicitDeny';
    expect(ask(world)).toBe(expected);
  });
});
