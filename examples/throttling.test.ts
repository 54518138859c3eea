import { KMS } from '@aws-sdk/client-kms';
import { createKmsim, type Kmsim } from 'kmsim';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// Who sleeps is woken by the test, and the simulation's clock moves along: a retry comes when it would, and nobody waits.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  // Jitter that repeats itself.
  let drawn = 0;
  vi.spyOn(Math, 'random').mockImplementation(() => {
    drawn = (drawn + 0.618034) % 1;
    return drawn;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function inSimulatedTime<Answer>(sim: Kmsim, work: Promise<Answer>): Promise<Answer> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  work.then(done, done);
  for (;;) {
    // What can go on now goes on, before time does.
    await new Promise(setImmediate);
    if (isDone) return work;
    sim.clock.advance(10);
    vi.advanceTimersByTime(10);
  }
}

test.each(['standard', 'adaptive'])(
  '20 calls at once get through a quota of 5 a second with %s retry',
  async (retryMode) => {
    const sim = createKmsim({
      seed: 'throttling-test',
      quotas: { mode: 'enforce', set: { 'DescribeKey request rate': 5 } },
    });
    const { KeyMetadata: key } = await sim.as().createKey();
    const kms = new KMS({ ...sim.clientConfig(), retryMode, maxAttempts: 10 });
    await kms.listKeys();

    const began = sim.clock.now();
    const calls = Array.from({ length: 20 }, () => kms.describeKey({ KeyId: key?.KeyId }));
    const answers = await inSimulatedTime(sim, Promise.all(calls));

    expect(answers.map(({ KeyMetadata }) => KeyMetadata?.Arn)).toEqual(Array(20).fill(key?.Arn));
    expect(answers.some(({ $metadata }) => ($metadata.attempts ?? 0) > 1)).toBe(true);
    // Five at once, and five a second from then on.
    expect(sim.clock.now().getTime() - began.getTime()).toBeGreaterThanOrEqual(3_000);
    const [{ calls: attempts = 0, throttled = 0 } = {}] = sim.quotas.report().exceeded;
    expect(attempts - throttled).toBe(20);
  },
);
