import { alarms, createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('somebody who tries five times is noticed', async () => {
  const sim = createKmsim({ seed: 'alarms' });
  const { KeyMetadata: key } = await sim.as().createKey();
  const stranger = sim.as('arn:aws:iam::000000000000:role/Stranger');
  for (let tries = 0; tries < 5; tries++) await stranger.describeKey({ KeyId: key?.KeyId ?? '' }).catch(() => {});

  const [found] = sim.alarms();
  expect(found).toMatchObject({ alarm: 'repeated denials', of: 'arn:aws:iam::000000000000:role/Stranger' });
  expect(found?.events).toHaveLength(5);

  const own = alarms.when({ operation: 'DescribeKey', errorCode: 'AccessDenied', count: 3, within: '1 minute' });
  expect(sim.alarms([own])).toHaveLength(1);

  const [errors] = sim.metrics({ name: 'Errors', dimensions: { Operation: 'DescribeKey' } });
  expect(errors?.Values).toEqual([5]);
});
