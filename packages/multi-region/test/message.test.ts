// Which answers show that a message has arrived.

import { describe, expect, test } from 'vitest';
import {
  confirms,
  type Gone,
  type Message,
  type Received,
  type Report,
  type Sync,
  slotOf,
  slotOfAnswer,
} from '../src/message.ts';
import { lonePrimary } from '../src/related-key.ts';

const shared = { materials: [], current: undefined, coming: undefined, rotation: undefined, rotating: undefined };
const set = { ...lonePrimary('a'), replicas: ['b'], joined: { a: 1, b: 4 } };
const sync: Sync = { kind: 'sync', version: 5, set, shared: { ...shared, onDemandRotations: 0 } };
const report: Report = { kind: 'report', version: 5, joined: 4, number: 2, holds: undefined, receipt: true };
const gone: Gone = { kind: 'gone', version: 5, joined: 4, number: 3 };
const received: Received = { kind: 'received', version: 5, joined: 4, number: 3 };

describe('what confirms', () => {
  test.each<[string, Message, Message, boolean]>([
    ['a report of its version', report, sync, true],
    ['a report of a later version', { ...report, version: 6 }, sync, true],
    ['a report of an earlier version', { ...report, version: 4 }, sync, false],
    ['the end of that replica', gone, sync, true],
    ['the end of the replica before it', { ...gone, joined: 2 }, sync, false],
    ['a receipt', received, sync, false],
  ])('what the primary tells: %s', (_name, answer, message, expected) => {
    expect(confirms(answer, message, 'b')).toBe(expected);
  });

  test.each<[string, Message, Message, boolean]>([
    ['a receipt of its number', { ...received, number: 2 }, report, true],
    ['a receipt of a later one', received, report, true],
    ['a receipt of an earlier one', { ...received, number: 1 }, report, false],
    ['a receipt of the replica before it', { ...received, joined: 2 }, report, false],
    ['a receipt of a farewell', received, gone, true],
    ['what the primary tells', sync, report, false],
    ['another report', report, report, false],
  ])('what a replica reports: %s', (_name, answer, message, expected) => {
    expect(confirms(answer, message, 'a')).toBe(expected);
  });

  test('nothing confirms a receipt, which is not kept', () => {
    for (const answer of [sync, report, gone, received]) expect(confirms(answer, received, 'a')).toBe(false);
  });
});

test('an answer is looked for where the message is kept that it confirms', () => {
  const all = [sync, report, gone, received];
  for (const message of all)
    for (const answer of all) if (confirms(answer, message, 'b')) expect(slotOfAnswer(answer)).toBe(slotOf(message));
});
