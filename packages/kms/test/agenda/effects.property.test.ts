// Time in one step or in many is the same time.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { dayMs, TestEngine } from '../engine.ts';

// What a key may have waiting for it.
const plan = fc.record({
  period: fc.option(fc.constantFrom(90, 91, 365)),
  window: fc.option(fc.constantFrom(7, 30)),
  onDemand: fc.boolean(),
  disabled: fc.boolean(),
});

type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;

function planned(plans: readonly Plan[]): TestEngine {
  const engine = new TestEngine({ backend: 'native' });
  for (const { period, window, onDemand, disabled } of plans) {
    const { KeyId } = engine.createKey();
    if (period !== null) engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: period });
    if (onDemand) engine.call('RotateKeyOnDemand', { KeyId });
    if (disabled) engine.call('DisableKey', { KeyId });
    if (window !== null) engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: window });
  }
  return engine;
}

describe('advance', () => {
  test.prop([fc.array(plan, { maxLength: 4 }), fc.array(fc.nat(200 * dayMs), { minLength: 1, maxLength: 12 })], {
    numRuns: 60,
  })('once is as good as often', (plans, steps) => {
    const often = planned(plans);
    for (const step of steps) {
      often.wait(step);
      often.kms.advance();
    }
    const once = planned(plans);
    once.wait(steps.reduce((sum, step) => sum + step, 0));
    once.kms.advance();
    expect(JSON.stringify(once.snapshot())).toBe(JSON.stringify(often.snapshot()));
  });
});
