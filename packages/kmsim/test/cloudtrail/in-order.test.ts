import { expect, test } from 'vitest';
import type { KmsEvent } from '../../src/cloudtrail/event.ts';
import { InOrder } from '../../src/cloudtrail/in-order.ts';

function event(at: number, operation = 'Decrypt', id = `${operation} ${at}`): KmsEvent {
  return { at, operation, id } as unknown as KmsEvent;
}

function ordered(events: readonly KmsEvent[], atMost?: number): readonly string[] {
  const order = new InOrder(atMost);
  return [...events.flatMap((each) => order.push(each)), ...order.end()].map(({ id }) => id);
}

test('by time; within a second as they stood', () => {
  expect(ordered([event(1), event(3, 'A'), event(3, 'B'), event(2)])).toEqual(['Decrypt 1', 'Decrypt 2', 'A 3', 'B 3']);
});

test('the newest first, as lookup-events tells them, are turned round', () => {
  expect(ordered([event(3), event(2, 'second'), event(2, 'first'), event(1)])).toEqual([
    'Decrypt 1',
    'first 2',
    'second 2',
    'Decrypt 3',
  ]);
});

test('a key is made before it is used in the same second', () => {
  expect(ordered([event(1), event(2, 'Encrypt'), event(2, 'CreateKey')])).toEqual([
    'Decrypt 1',
    'CreateKey 2',
    'Encrypt 2',
  ]);
});

test('no more wait than there may', () => {
  const order = new InOrder(4);
  const released = [5, 1, 3, 6].map((at) => order.push(event(at)).map((each) => each.at));
  expect(released).toEqual([[], [], [], [1, 3]]);
  expect(order.end().map(({ at }) => at)).toEqual([5, 6]);
});
