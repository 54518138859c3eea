import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('a year of two keys costs 30.19 dollars, 18.19 of them for orders', async () => {
  const sim = createKmsim({ seed: 'cost', start: '2026-01-01' });
  const kms = sim.as();
  const Tags = [{ TagKey: 'team', TagValue: 'orders' }];
  const { KeyMetadata: key } = await kms.createKey({ Tags });
  await kms.createKey();
  await kms.enableKeyRotation({ KeyId: key?.KeyId ?? '', RotationPeriodInDays: 180 });
  sim.clock.advanceTo('2027-01-01');

  const cost = sim.cost();
  expect(cost.totals['USD']?.toFixed(2)).toBe('30.19');
  expect(cost.byTag('team').map(({ amount, value }) => `${value}: ${amount.toFixed(2)}`)).toEqual([
    'orders: 18.19',
    'undefined: 12.00',
  ]);
  expect(`${cost}`).toMatch(/2026-12, account 000000000000, USD\n {2}keys +2 key-months +1\.00 each +2\.00\n/);
});
