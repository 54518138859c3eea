// Single messages: the answers, and that old ones change nothing.

import { describe, expect, test } from 'vitest';
import type { Message } from '../src/message.ts';
import { awaitingRole, changed, handOver, withReplica } from '../src/primary.ts';
import { farewell, receive, restated } from '../src/receive.ts';
import { actsAsPrimary, held, lonePrimary, type RelatedKey } from '../src/related-key.ts';

const lone: RelatedKey = {
  region: 'a',
  imported: true,
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
const joined = withReplica(lone, 'b');
const first = joined.send[0]?.message as Message;

function got(
  key: RelatedKey | undefined,
  from: string,
  message: Message,
): { key: RelatedKey; answers: readonly Message[] } {
  const outcome = receive(key, { from, to: key?.region ?? 'b', message });
  return { key: outcome.key as RelatedKey, answers: outcome.send.map((each) => each.message) };
}

describe('what the primary tells', () => {
  test('is taken over and reported', () => {
    const { answers, key } = got(joined.replica, 'a', first);
    expect(key.shared).toEqual(lone.shared);
    expect(answers).toMatchObject([{ kind: 'report', version: first.version, number: 1, receipt: false }]);
  });

  test('changes nothing when it is old, and is reported again', () => {
    const once = got(joined.replica, 'a', first);
    expect(got(once.key, 'a', first)).toEqual(once);
  });

  test('reaches nobody where there is no key, and the primary learns it', () => {
    const { answers, key } = got(undefined, 'a', first);
    expect(key).toBeUndefined();
    expect(answers).toMatchObject([{ kind: 'gone', joined: joined.key.members.joined['b'] }]);
    const after = got(joined.key, 'b', answers[0] as Message);
    expect(after.key.members.replicas).toEqual([]);
    expect(after.answers).toMatchObject([{ kind: 'received' }]);
  });
});

describe('what a replica reports', () => {
  const replica = got(joined.replica, 'a', first).key;
  const waiting = changed({ ...joined.key, shared: { ...joined.key.shared, coming: 'n' }, here: ['m', 'n'] });
  const told = got(replica, 'a', waiting.send[0]?.message as Message).key;
  const has = restated({ ...told, here: ['m', 'n'] });

  test('shows when every one has imported material, and all are told', () => {
    expect([held(told), held(has.key)]).toEqual([undefined, 'n']);
    const { answers, key } = got(waiting.key, 'b', has.send[0]?.message as Message);
    expect(key.members.everywhere).toBe('n');
    expect(answers.map(({ kind }) => kind)).toEqual(['sync', 'received']);
  });

  test('counts only when it is newer than what is known, and of this replica', () => {
    const report = has.send[0]?.message as Message & { readonly kind: 'report' };
    const known = got(waiting.key, 'b', report).key;
    expect(got(known, 'b', { ...report, holds: undefined }).key).toBe(known);
    expect(got(waiting.key, 'b', { ...report, joined: 1 }).key).toBe(waiting.key);
    expect(got(waiting.key, 'z', report).key).toBe(waiting.key);
  });

  test('at its end is a farewell, of a primary there is none', () => {
    expect(farewell(replica)).toMatchObject([{ to: 'a', certain: true, message: { kind: 'gone' } }]);
    expect(farewell(joined.key)).toEqual([]);
  });
});

describe('a promotion', () => {
  const replica = got(joined.replica, 'a', first).key;
  const given = handOver(joined.key, 'b');
  const role = given.send[0]?.message as Message;

  test('is done when the message arrives, and told to the old primary', () => {
    const { answers, key } = got(awaitingRole(replica), 'a', role);
    expect(actsAsPrimary(key.members, 'b')).toBe(true);
    expect(key.members.handover).toBeUndefined();
    expect(answers.map(({ kind }) => kind)).toEqual(['report', 'sync']);
    for (const answer of answers) expect(got(given.key, 'b', answer).key.members.handover).toBeUndefined();
  });

  test('is awaited until the message that brings it', () => {
    const other = changed(joined.key).send[0]?.message as Message;
    expect(got(awaitingRole(replica), 'a', other).key.members.handover).toEqual({ direction: 'to here' });
  });

  test('is not undone by an earlier message', () => {
    const { key } = got(awaitingRole(replica), 'a', role);
    expect(got(key, 'a', first).key).toBe(key);
    expect(got(key, 'a', role).key).toBe(key);
  });
});
