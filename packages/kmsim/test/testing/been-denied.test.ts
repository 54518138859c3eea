// toHaveBeenDenied: by which policy, why, whom and what; and what a failure says.

import { beforeEach, expect, test } from 'vitest';
import { createKmsim, type Kmsim } from '../../src/index.ts';
import '../../src/testing/vitest.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';
import { account, deniedWorld, failed, orders, stranger } from './denied-world.ts';

const bytes = new Uint8Array(3);
const everything = { Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } };

let sim: Kmsim;
let keyId: string;

beforeEach(async () => {
  ({ sim, keyId } = await deniedWorld());
});

function saidBy(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation was met');
}

test('nothing is denied until something is', async () => {
  await sim.as(orders).encrypt({ KeyId: keyId, Plaintext: bytes });
  // Refused, and not denied.
  await failed(sim.as(orders).decrypt({ CiphertextBlob: bytes }));
  expect(sim).not.toHaveBeenDenied();
  expect(saidBy(() => expect(sim).toHaveBeenDenied())).toContain('expect(sim).toHaveBeenDenied(): nothing was denied.');
});

test('by an explicit deny of the key policy', async () => {
  await failed(sim.as(orders).scheduleKeyDeletion({ KeyId: keyId }));
  for (const query of [
    {},
    { by: 'key policy' },
    { because: 'explicit deny' },
    { because: 'NobodyDeletes' },
    { because: /statement.*|\[1\] "NobodyDeletes" Deny/ },
    { operation: 'ScheduleKeyDeletion', principal: orders, key: keyId },
    { by: 'key policy', because: /explicit deny in a resource-based policy/g, operation: 'ScheduleKeyDeletion' },
  ] as const)
    expect(sim).toHaveBeenDenied(query);
  for (const query of [
    { by: 'identity policy' },
    { because: 'no key policy statement allows it' },
    { because: 'NobodyReads' },
    { operation: 'Encrypt' },
    { principal: stranger },
    { key: '00000000-0000-0000-0000-000000000000' },
  ] as const)
    expect(sim).not.toHaveBeenDenied(query);
});

test('all of a query holds of one call, not each of another one', async () => {
  await failed(sim.as(orders).scheduleKeyDeletion({ KeyId: keyId }));
  await failed(sim.as(stranger).encrypt({ KeyId: keyId, Plaintext: bytes }));
  expect(sim).toHaveBeenDenied({ by: 'identity policy', principal: stranger });
  expect(sim).not.toHaveBeenDenied({ by: 'key policy', principal: stranger });
  expect(sim).not.toHaveBeenDenied({ because: 'explicit deny', operation: 'Encrypt' });
});

test('by each kind of policy, and by the silence of it', async () => {
  const only = (Action: string) => ({ Statement: { Effect: 'Allow', Action, Resource: '*' } });
  const deny = { Statement: { Effect: 'Deny', Action: 'kms:Encrypt', Resource: '*' } };
  const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
  const worlds: readonly (readonly [string, Kmsim])[] = [
    ['identity policy', createKmsim({ identities: [{ arn: role('R') }] })],
    [
      'permissions boundary',
      createKmsim({ identities: [{ arn: role('R'), policies: { everything }, boundary: only('s3:*') }] }),
    ],
    ['session policy', createKmsim({ identities: [{ arn: role('R'), policies: { everything } }] })],
    [
      'service control policy',
      createKmsim({
        identities: [{ arn: role('R'), policies: { everything } }],
        organization: {
          id: 'o-exampleorgid',
          accounts: [account],
          scps: { none: deny, FullAWSAccess: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } },
        },
      }),
    ],
  ];
  for (const [by, world] of worlds) {
    const { KeyMetadata } = await world.as().createKey();
    const session = by === 'session policy' ? { session: { policies: { p: only('s3:*') } } } : {};
    await failed(world.as(role('R'), session).encrypt({ KeyId: KeyMetadata?.KeyId ?? '', Plaintext: bytes }));
    for (const [other] of worlds)
      if (other === by) expect(world).toHaveBeenDenied({ by: by as 'session policy' });
      else expect(world).not.toHaveBeenDenied({ by: other as 'session policy' });
  }
});

test('a failure lists what was denied, by what and why', async () => {
  await failed(sim.as(orders).scheduleKeyDeletion({ KeyId: keyId }));
  await failed(sim.as(stranger).encrypt({ KeyId: keyId, Plaintext: bytes }));
  const said = saidBy(() => expect(sim).toHaveBeenDenied({ by: 'session policy', because: /mfa/i })).split('\n');
  expect(said[0]).toBe(
    "expect(sim).toHaveBeenDenied({ by: 'session policy', because: /mfa/i }): 2 calls were denied, none of them so.",
  );
  expect(said.slice(2)).toEqual([
    'What was denied:',
    expect.stringMatching(/ScheduleKeyDeletion {2}role\/Orders {2}AccessDenied: User: /),
    `    by: 'key policy' "default", statement "NobodyDeletes", because: 'explicit deny'`,
    expect.stringMatching(/Encrypt {11}role\/Stranger {2}AccessDenied: /),
    `    by: 'identity policy', because: 'no identity policy statement allows it'`,
  ]);
});

test('where nothing should have been denied, a failure explains the decision', async () => {
  await failed(sim.as(orders).scheduleKeyDeletion({ KeyId: keyId }));
  const said = saidBy(() => expect(sim).not.toHaveBeenDenied());
  expect(said).toContain('expect(sim).not.toHaveBeenDenied(): 1 call was denied so.\n\nThe newest of them:\n');
  const { decisions } = sim.explain({ as: orders, operation: 'ScheduleKeyDeletion', keyId });
  expect(decisions).toHaveLength(1);
  const explanation = `${sim.explain({ as: orders, operation: 'ScheduleKeyDeletion', keyId })}`;
  expect(said.replaceAll(/^ {4}/gm, '')).toContain(explanation);
  expect(explanation).toContain('"NobodyDeletes" Deny: matches  <- decides');
});

test('of more denials than are kept, it says so instead of guessing', async () => {
  await failed(sim.as(orders).scheduleKeyDeletion({ KeyId: keyId }));
  for (let call = 0; call < 100; call++) await failed(sim.as(stranger).describeKey({ KeyId: keyId }));
  expect(sim).toHaveBeenDenied({ operation: 'ScheduleKeyDeletion' });
  expect(sim).toHaveBeenDenied({ by: 'identity policy' });
  expect(sim).not.toHaveBeenDenied({ by: 'session policy', operation: 'DescribeKey' });
  expect(kmsimErrorOf(() => expect(sim).not.toHaveBeenDenied({ by: 'key policy' })).problem).toBe(
    'toHaveBeenDenied: of 101 denials only the newest 100 tell why.',
  );
});

test('a fork and a rewind know the denials of before', async () => {
  await failed(sim.as(orders).scheduleKeyDeletion({ KeyId: keyId }));
  const mark = sim.mark();
  await failed(sim.as(stranger).describeKey({ KeyId: keyId }));
  const fork = sim.fork();
  sim.rewind(mark);
  expect(sim).toHaveBeenDenied({ because: 'explicit deny' });
  expect(sim).not.toHaveBeenDenied({ by: 'identity policy' });
  expect(fork).toHaveBeenDenied({ by: 'identity policy', operation: 'DescribeKey' });
  sim.trail.clear();
  expect(sim).not.toHaveBeenDenied();
});

test('of another account: the key policy is silent, which the error message may not say', async () => {
  const theirs = 'arn:aws:iam::111122223333:role/Theirs';
  sim.identities.put({ arn: theirs, policies: { everything } });
  const arn = `arn:aws:kms:us-east-1:${account}:key/${keyId}`;
  await failed(sim.as(theirs).encrypt({ KeyId: arn, Plaintext: bytes }));
  expect(sim).toHaveBeenDenied({ principal: theirs, operation: 'Encrypt' });
  expect(sim).toHaveBeenDenied({ by: 'key policy', because: 'no key policy statement allows it' });
});
