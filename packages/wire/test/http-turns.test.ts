import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { maxWaiting, owesAnswer, type Turn, takeTurn } from '../src/http-turns.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const turn = (socket: PassThrough, complete = true): Turn => ({ socket, complete });

test('work on one connection is done one by one, in order; another connection does not wait', async () => {
  const [one, other] = [new PassThrough(), new PassThrough()];
  const log: string[] = [];
  let finish = (): void => {};
  const first = new Promise<void>((resolve) => {
    finish = resolve;
  });
  takeTurn(turn(one), () => {
    log.push('first');
    return first;
  });
  takeTurn(turn(one), async () => {
    log.push('second');
  });
  takeTurn(turn(other), async () => {
    log.push('other');
  });
  await settled();
  expect(log).toEqual(['first', 'other']);
  finish();
  await settled();
  expect(log).toEqual(['first', 'other', 'second']);
});

test('an answer is owed for what was received and not answered, not for what is still coming', async () => {
  const socket = new PassThrough();
  expect(owesAnswer(socket)).toBe(false);
  takeTurn(turn(socket, false), settled);
  expect(owesAnswer(socket)).toBe(false);
  takeTurn(turn(socket), settled);
  expect(owesAnswer(socket)).toBe(true);
  await settled();
  await settled();
  await settled();
  expect(owesAnswer(socket)).toBe(false);
});

test('a connection with too much waiting is closed', async () => {
  const socket = new PassThrough();
  let done = 0;
  const count = async (): Promise<void> => {
    done += 1;
  };
  for (let at = 0; at < maxWaiting; at++) takeTurn(turn(socket), count);
  expect(socket.destroyed).toBe(false);
  takeTurn(turn(socket), count);
  expect(socket.destroyed).toBe(true);
  await settled();
  expect(done).toBe(maxWaiting);
});
