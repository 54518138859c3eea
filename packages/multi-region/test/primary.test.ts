// What a primary does to what is shared.

import { describe, expect, test } from 'vitest';
import { awaitingRole, changed, handOver, withoutReplica, withReplica } from '../src/primary.ts';
import { actsAsPrimary, isComing, lonePrimary, type RelatedKey } from '../src/related-key.ts';

const lone: RelatedKey = {
  region: 'a',
  imported: false,
  members: lonePrimary('a'),
  shared: {
    materials: [{ id: 'm', rotation: undefined }],
    current: 'm',
    coming: undefined,
    rotation: undefined,
    rotating: undefined,
    onDemandRotations: 0,
  },
  here: ['m'],
};

test('a change counts the version up and is told to every replica', () => {
  const { key } = withReplica(withReplica(lone, 'b').key, 'c');
  const step = changed(key);
  expect(step.key.members.version).toBe(key.members.version + 1);
  expect(step.send.map(({ certain, message, to }) => [to, message.kind, message.version, certain])).toEqual([
    ['b', 'sync', step.key.members.version, true],
    ['c', 'sync', step.key.members.version, true],
  ]);
  expect(changed(lone).send).toEqual([]);
});

test('a new replica has nothing, and joins with the version that tells it everything', () => {
  const { key, replica, send } = withReplica(lone, 'b');
  expect(replica).toMatchObject({ region: 'b', here: [], shared: { materials: [], current: undefined } });
  expect(isComing(replica.members, 'b')).toBe(true);
  expect(isComing(key.members, 'a')).toBe(false);
  expect(send.map(({ message }) => message.version)).toEqual([replica.members.joined['b']]);
  expect(send[0]?.message).toMatchObject({ shared: lone.shared, set: { replicas: ['b'] } });
});

test('a replica that is gone leaves nothing behind', () => {
  const { key } = withReplica(withReplica(lone, 'b').key, 'c');
  const step = withoutReplica(key, 'b');
  expect(step.key.members).toMatchObject({ replicas: ['c'], joined: { a: 1, c: 3 } });
  expect(step.send.map(({ to }) => to)).toEqual(['c']);
});

describe('the role', () => {
  const { key, replica } = withReplica(lone, 'b');

  test('is given away at once and sent to the new primary alone', () => {
    const step = handOver(withReplica(key, 'c').key, 'b');
    expect(actsAsPrimary(step.key.members, 'a')).toBe(false);
    expect(step.key.members).toMatchObject({ primary: 'b', replicas: ['a', 'c'] });
    expect(step.send.map(({ certain, to }) => [to, certain])).toEqual([['b', true]]);
    expect(actsAsPrimary(awaitingRole(replica).members, 'b')).toBe(false);
  });

  test('is not given to itself, to a stranger, or by a replica', () => {
    for (const [from, to] of [
      [key, 'a'],
      [key, 'z'],
      [replica, 'a'],
    ] as const)
      expect(handOver(from, to)).toEqual({ key: from, send: [] });
  });
});
