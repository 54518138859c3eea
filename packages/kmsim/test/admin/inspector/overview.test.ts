// Where the simulation stands, what time brings, what was throttled and what it would cost.

import { expect, test } from 'vitest';
import { furnished } from '../../inspector/furnished.ts';
import { adminDoor, ask, doorOf } from '../admin-door.ts';

test('at a glance', async () => {
  const { sim } = await furnished();
  const { body } = await ask(await doorOf(sim), '/api/overview');
  expect(body).toEqual({
    account: '000000000000',
    region: 'us-east-1',
    now: '2026-01-01T01:00:00.000Z',
    clock: 'still',
    seeded: true,
    keys: 6,
    trail: { epoch: sim.trail.epoch, dropped: 0, events: sim.trail.events.length },
    quotas: { mode: 'enforce', throttled: 3 },
    faults: 0,
  });
});

test('what time brings, the earliest first, and no longer when it has happened', async () => {
  const { old, orders, sim } = await furnished();
  const door = await doorOf(sim);
  expect((await ask(door, '/api/upcoming')).body).toEqual({
    now: '2026-01-01T01:00:00.000Z',
    clock: 'still',
    total: 2,
    rows: [
      { at: '2026-01-08T01:00:00.000Z', what: 'delete', of: old },
      { at: '2026-04-01T00:00:00.000Z', what: 'rotate', of: orders, alias: 'alias/orders' },
    ],
  });
  await ask(door, '/api/clock', { advance: '8 days' });
  expect((await ask(door, '/api/upcoming')).body.total).toBe(1);
});

test('a grant that was given up ends', async () => {
  const door = await adminDoor({ seed: 1, consistency: 'eventual' });
  const { KeyMetadata } = await door.sim.as().createKey();
  const KeyId = KeyMetadata?.Arn ?? '';
  const grantee = 'arn:aws:iam::000000000000:root';
  const { GrantId = '' } = await door.sim
    .as()
    .createGrant({ KeyId, GranteePrincipal: grantee, Operations: ['Decrypt'] });
  await door.sim.as().revokeGrant({ KeyId, GrantId });
  const { rows } = (await ask(door, '/api/upcoming')).body;
  expect(rows).toMatchObject([{ what: 'end grant', of: KeyId }]);
  expect((await ask(door, `/api/key?arn=${KeyId}`)).body.grants).toMatchObject([{ id: GrantId, endsAt: rows[0].at }]);
});

test('quotas are those of the report', async () => {
  const { sim } = await furnished();
  const { body } = await ask(await doorOf(sim), '/api/quotas');
  expect(body).toEqual(
    JSON.parse(JSON.stringify({ mode: 'enforce', rows: sim.quotas.usage, text: `${sim.quotas.report()}` })),
  );
  expect(body.text).toContain('DescribeKey request rate');
});

test('costs are those of sim.cost()', async () => {
  const { sim } = await furnished();
  sim.clock.advance('40 days');
  const { body } = await ask(await doorOf(sim), '/api/cost');
  const { months, totals, until } = sim.cost();
  expect(body).toMatchObject(JSON.parse(JSON.stringify({ months, totals, until })));
  expect(totals['USD']).toBeGreaterThan(1);
});
