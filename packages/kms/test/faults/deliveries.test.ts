// Messages between Regions: the plan's network carries them, and the trace has them.

import { chooseBackend } from '@kmsim/hsm-core';
import { defaultStart, simulatedWorld, Trace } from '@kmsim/world';
import { expect, test } from 'vitest';
import { deliveriesOf } from '../../src/faults/deliveries.ts';
import { createKms } from '../../src/kms.ts';

const backend = chooseBackend('portable');
if (backend === undefined) throw new Error('there is always a portable backend');

test('without a network it is the sender who knows how long it takes', () => {
  const kms = createKms({
    world: simulatedWorld({ seed: 1, faults: { services: [{ raise: 'AnswerLost' }] } }),
    backend,
  });
  expect(deliveriesOf(kms, 'us-east-1', 'eu-west-1', defaultStart)).toBeUndefined();
});

test('a network delivers, and each message is a line of the trace', () => {
  const trace = new Trace({ keepLines: true });
  const faults = { network: { minDelayMs: 40 }, services: [] };
  const kms = createKms({ world: simulatedWorld({ seed: 1, faults }), backend, trace });
  expect(deliveriesOf(kms, 'us-east-1', 'eu-west-1', defaultStart)).toEqual([defaultStart + 40]);
  expect(JSON.parse(trace.lines().at(-1) ?? '')).toEqual({
    n: 2,
    kind: 'message',
    at: '2026-01-01T00:00:00.000Z',
    from: 'us-east-1',
    to: 'eu-west-1',
    deliveries: ['2026-01-01T00:00:00.040Z'],
  });
});
