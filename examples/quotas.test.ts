import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('the third call of a second is throttled, and passes a second later', async () => {
  const sim = createKmsim({ seed: 'quotas-test', quotas: { mode: 'enforce', set: { 'ListKeys request rate': 2 } } });
  for (let n = 0; n < 2; n++) await sim.as().listKeys();
  await expect(sim.as().listKeys()).rejects.toMatchObject({ name: 'ThrottlingException' });

  sim.clock.advance('1 second');
  await sim.as().listKeys();
});

test('without enforcement everything passes, and the report says what production would refuse', async () => {
  const sim = createKmsim({ seed: 'quotas-test' });
  for (let n = 0; n < 8; n++) await sim.as().createKey();

  expect(`${sim.quotas.report()}`).toBe(`CreateKey request rate (000000000000, us-east-1)
  Let through; production would refuse 3 of 8: 8 in the busiest second, and 5 a second are allowed.
  Spread the calls over time, retry with exponential backoff and jitter, or request an increase in Service Quotas.`);
});
