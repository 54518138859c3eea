// What adds access and what takes it away: P1 to P4, P7, P12.

import fc from 'fast-check';
import { contextOf } from '../../../packages/authz/src/context.ts';
import { type Asked, type GrantTerms, isNoWider, obstacleOf } from '../../../packages/authz/src/grant.ts';
import { KEY, principal, role, session, user } from '../../../packages/authz/test/sample.ts';
import {
  type Ask,
  addsNone,
  allows,
  type Document,
  decisions,
  drawn,
  keepsAllows,
  type World,
  type Written,
  withoutPrincipal,
} from './drawn.ts';
import { demand, type Law } from './law.ts';

const nothing = {
  keyPolicy: undefined,
  identity: [],
  boundary: undefined,
  session: [],
  scps: undefined,
  rcps: [],
  endpoint: undefined,
  grants: [],
} satisfies Partial<World>;

/** The world with one more statement in each place that has or may have one. */
function withStatement(world: World, extra: Document, Effect: 'Allow' | 'Deny'): readonly World[] {
  const forKey = extra.map((statement) => ({ ...statement, Effect }));
  const forOthers = withoutPrincipal(forKey);
  const { boundary, endpoint, keyPolicy } = world;
  return [
    ...(keyPolicy ? [{ ...world, keyPolicy: [...keyPolicy, ...forKey] }] : []),
    { ...world, identity: [...world.identity, forOthers] },
    ...(boundary ? [{ ...world, boundary: [...boundary, ...forOthers] }] : []),
    ...(endpoint ? [{ ...world, endpoint: [...endpoint, ...forKey] }] : []),
    { ...world, session: world.session.map((document) => [...document, ...forOthers]) },
    { ...world, scps: world.scps?.map((level) => [...level, forOthers]) },
    { ...world, rcps: [...world.rcps, forKey] },
  ];
}

const layers: readonly ((extra: Document) => Partial<World>)[] = [
  (extra) => ({ scps: [[withoutPrincipal(extra)]] }),
  (extra) => ({ rcps: [extra] }),
  (extra) => ({ boundary: withoutPrincipal(extra) }),
  (extra) => ({ session: [withoutPrincipal(extra)] }),
  (extra) => ({ endpoint: extra }),
];

const OPERATIONS = ['Decrypt', 'Encrypt', 'DescribeKey', 'Sign', 'CreateGrant'];
const pair = fc.tuple(fc.constantFrom('a', 'A', 'b'), fc.constantFrom('1', '2'));
const pairs = fc.option(fc.uniqueArray(pair, { maxLength: 2, selector: ([key]) => key }), { nil: undefined });
const sourceArn = fc.option(fc.constantFrom('x', 'y'), { nil: undefined });
const terms: fc.Arbitrary<GrantTerms> = fc.record({
  operations: fc.uniqueArray(fc.constantFrom(...OPERATIONS), { minLength: 1, maxLength: 4 }),
  constraints: fc.record({ encryptionContextEquals: pairs, encryptionContextSubset: pairs, sourceArn }),
});
const asked: fc.Arbitrary<Asked> = fc
  .record({
    pairs: fc.uniqueArray(pair, { maxLength: 3, selector: ([key]) => key }),
    source: sourceArn,
    caller: fc.constantFrom(user('Alice'), session('App/s1'), role('App'), 's3.amazonaws.com'),
  })
  .map(({ caller, pairs: of, source }) => ({
    principal: principal(caller),
    action: 'kms:Decrypt',
    resource: KEY,
    context: contextOf([
      ...of.map(([key, value]) => [`kms:EncryptionContext:${key}`, value] as const),
      ['kms:EncryptionContextKeys', of.map(([key]) => key)],
      ...(source === undefined ? [] : [['aws:SourceArn', source] as const]),
    ]),
  }));

const usable = (grant: GrantTerms, operation: string, of: Asked): boolean =>
  obstacleOf({ id: 'g', grantee: '', ...grant }, operation, of) === undefined;

const isRoot = ({ caller }: Ask): boolean => caller.endsWith(':root');
const namesAccount = ({ Principal }: Written): boolean => /"\d{12}"|:root"/.test(JSON.stringify(Principal ?? ''));

export const access: readonly Law[] = [
  {
    name: 'P1',
    says: 'without a policy or grant nobody but a root user is let in, whatever limits there are',
    property: (applies) =>
      fc.property(drawn, ({ asks, world }) => {
        for (const bare of [
          { ...world, ...nothing },
          { ...world, keyPolicy: undefined, identity: [], grants: [] },
        ]) {
          for (const [at, decision] of decisions(bare, asks).entries()) {
            const ask = asks[at] as Ask;
            if (isRoot(ask)) continue;
            applies();
            demand(!allows(decision), () => JSON.stringify({ bare, ask }));
          }
        }
      }),
  },
  {
    name: 'P2',
    says: 'a statement more that allows never takes an Allow away',
    property: (applies) =>
      fc.property(drawn, ({ asks, extra, world }) => {
        // A resource control policy of Allow statements is no limit, and neither gives anything.
        for (const after of withStatement(world, extra, 'Allow')) keepsAllows(world, after, asks, applies);
      }),
  },
  {
    name: 'P3',
    says: 'a statement more that denies never gives an Allow',
    property: (applies) =>
      fc.property(drawn, ({ asks, extra, world }) => {
        for (const after of withStatement(world, extra, 'Deny')) addsNone(world, after, asks, applies);
      }),
  },
  {
    name: 'P4',
    says: 'a key policy without its statement for the account gives nobody more',
    property: (applies) =>
      fc.property(drawn, ({ asks, world }) => {
        const { keyPolicy = [] } = world;
        for (const [at, statement] of keyPolicy.entries()) {
          if (keyPolicy.length < 2 || statement['Effect'] !== 'Allow' || !namesAccount(statement)) continue;
          addsNone(world, { ...world, keyPolicy: keyPolicy.toSpliced(at, 1) }, asks, applies);
        }
      }),
  },
  {
    name: 'P7',
    says: 'SCP, RCP, boundary, session policy and endpoint policy only take away',
    property: (applies) =>
      fc.property(drawn, ({ asks, extra, world }) => {
        const { grants: _grants, identity: _identity, keyPolicy: _keyPolicy, ...limits } = nothing;
        const bare = { ...world, ...limits };
        for (const layer of layers) addsNone(bare, { ...bare, ...layer(extra) }, asks, applies);
      }),
  },
  {
    name: 'P12',
    says: 'a child grant allows nothing that its parent does not',
    property: (applies) =>
      fc.property(terms, terms, asked, (parent, free, of) => {
        // Drawn freely a child is seldom narrower, so half of what it says is its parent's.
        const operations = free.operations.filter((operation) => parent.operations.includes(operation));
        for (const constraints of [free.constraints, { ...parent.constraints, ...defined(free.constraints) }]) {
          const child = { operations, constraints };
          if (!isNoWider(child, parent)) continue;
          for (const operation of OPERATIONS) {
            if (!usable(child, operation, of)) continue;
            applies();
            demand(usable(parent, operation, of), () => JSON.stringify({ child, parent, operation }));
          }
        }
      }),
  },
];

function defined(constraints: GrantTerms['constraints']): object {
  return Object.fromEntries(Object.entries(constraints ?? {}).filter(([, value]) => value !== undefined));
}
