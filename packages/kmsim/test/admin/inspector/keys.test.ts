// Keys as somebody looks at them.

import { describe, expect, test } from 'vitest';
import type { KeyList, KeyView } from '../../../src/admin/inspector/keys.ts';
import { furnished, hostile, reportsRole } from '../../inspector/furnished.ts';
import { type AdminDoor, adminDoor, ask, doorOf } from '../admin-door.ts';

const look = async (door: AdminDoor, arn: string): Promise<KeyView> =>
  (await ask(door, `/api/key?arn=${encodeURIComponent(arn)}`)).body;

describe('the list', () => {
  test('has the keys of every Region, the newest first', async () => {
    const { old, orders, sim } = await furnished();
    const list: KeyList = (await ask(await doorOf(sim), '/api/keys')).body;
    expect(list.total).toBe(6);
    expect(list.rows[0]).toMatchObject({ arn: old, state: 'PendingDeletion' });
    expect(list.rows.at(-1)).toMatchObject({
      arn: orders,
      state: 'Enabled',
      aliases: ['alias/orders'],
      description: 'Envelope keys of the orders service',
    });
    expect(
      list.rows.filter(({ multiRegion }) => multiRegion).map(({ multiRegion, region }) => [multiRegion, region]),
    ).toEqual([
      ['replica', 'eu-west-1'],
      ['primary', 'us-east-1'],
    ]);
  });

  test.each([
    ['text=alias%2Forders', 1],
    ['text=team%3Dpayments', 2],
    ['text=pendingdeletion', 1],
    ['text=eu-west-1%20mrk', 1],
    ['text=none', 0],
    ['from=4', 2],
    ['limit=3', 3],
  ])('%s', async (query, count) => {
    const { sim } = await furnished();
    expect((await ask(await doorOf(sim), `/api/keys?${query}`)).body.rows).toHaveLength(count);
  });

  test('of nothing is empty', async () => {
    expect((await ask(await adminDoor(), '/api/keys')).body).toEqual({ total: 0, from: 0, rows: [] });
  });
});

describe('a key', () => {
  test('has its versions, policy, tags, grants and what time brings', async () => {
    const { orders, sim } = await furnished();
    const key = await look(await doorOf(sim), orders);
    expect(key.versions.map(({ how, state }) => [state, how])).toEqual([
      ['current', 'ON_DEMAND'],
      ['former', 'created'],
    ]);
    expect(key.policy).toBe((await sim.as().getKeyPolicy({ KeyId: orders })).Policy);
    expect(key.tags).toEqual([
      { name: 'team', value: 'payments' },
      { name: 'note', value: hostile },
    ]);
    expect(key.grants).toMatchObject([{ name: 'reports', grantee: reportsRole, operations: ['Encrypt'] }]);
    expect(key.rotation).toEqual({ everyDays: 90, next: '2026-04-01T00:00:00.000Z' });
    expect(key.upcoming).toEqual([
      { at: '2026-04-01T00:00:00.000Z', what: 'rotate', of: orders, alias: 'alias/orders' },
    ]);
    expect(key.lastUse).toEqual({ operation: 'GenerateDataKey', at: '2026-01-01T01:00:00.000Z' });
  });

  test('is found by its alias, and with its relatives', async () => {
    const { sim } = await furnished();
    const key = await look(await doorOf(sim), `arn:aws:kms:us-east-1:${sim.account}:alias/replicated`);
    expect(key.related).toEqual([
      { region: 'us-east-1', role: 'primary' },
      { region: 'eu-west-1', role: 'replica' },
    ]);
  });

  test('of imported material waits for it', async () => {
    const door = await adminDoor();
    const { KeyMetadata } = await door.sim.as().createKey({ Origin: 'EXTERNAL' });
    expect(await look(door, KeyMetadata?.Arn ?? '')).toMatchObject({
      state: 'PendingImport',
      origin: 'EXTERNAL',
      versions: [],
    });
  });

  test('that is not there is not found', async () => {
    const door = await adminDoor();
    expect((await ask(door, '/api/key?arn=arn:aws:kms:us-east-1:000000000000:key/none')).status).toBe(404);
    expect((await ask(door, '/api/key')).status).toBe(400);
    expect((await ask(door, '/api/key?arn=__proto__')).status).toBe(404);
  });
});

test('no look has key material', async () => {
  const { orders, sim } = await furnished();
  const door = await doorOf(sim);
  const world = (await ask(door, '/api/world', { secrets: true })).body;
  const secrets: string[] = [];
  JSON.stringify(world, (name, value) => {
    if (['material', 'hex', 'base64', 'pem', 'secretAccessKey'].includes(name) && typeof value === 'string')
      secrets.push(value);
    return value;
  });
  expect(secrets.length).toBeGreaterThan(3);
  const paths = ['/api/keys', '/api/calls', '/api/overview', '/api/upcoming', '/api/quotas', '/api/cost'];
  const ids = sim.trail.events.map(({ eventID }) => `/api/call?id=${eventID}`);
  const said = await Promise.all([...paths, ...ids, `/api/key?arn=${orders}`].map((path) => ask(door, path)));
  const text = said.map(({ body }) => JSON.stringify(body)).join('\n');
  for (const secret of secrets) expect(text).not.toContain(secret);
});
