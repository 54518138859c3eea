// The log keeps the last thousand and counts them all.

import { expect, test } from 'vitest';
import { FaultLog, type HappenedFault } from '../../src/faults/fault-log.ts';

const fault = (request: number): HappenedFault => ({
  at: 0,
  fault: request % 3 === 0 ? 'AnswerLost' : 'ThrottlingException',
  rule: 0,
  operation: 'Encrypt',
  region: 'us-east-1',
  principal: 'arn',
  request,
});

test('the last thousand, and the count of each', () => {
  const log = new FaultLog();
  for (let request = 0; request < 4_500; request++) log.note(fault(request));
  const happened = log.happened();
  expect([happened.length, happened[0]?.request, happened.at(-1)?.request]).toEqual([1_000, 3_500, 4_499]);
  expect(log.counts()).toEqual({ AnswerLost: 1_500, ThrottlingException: 3_000 });
});

test('a copy goes its own way', () => {
  const log = new FaultLog();
  log.note(fault(0));
  const copy = new FaultLog(log);
  copy.note(fault(1));
  expect([log.happened().length, copy.happened().length]).toEqual([1, 2]);
  expect([log.counts(), copy.counts()]).toEqual([{ AnswerLost: 1 }, { AnswerLost: 1, ThrottlingException: 1 }]);
});
