// What an admin port does.

import { describe, expect, test } from 'vitest';
import { adminRoutes, streamPath } from '../../src/admin/routes.ts';
import { createKmsim } from '../../src/index.ts';
import { adminDoor, ask } from './admin-door.ts';

describe('the state', () => {
  test('is the records, where the clock stands, and a hash that changes with them', async () => {
    const door = await adminDoor();
    const before = (await ask(door, '/api/state')).body;
    expect(before).toMatchObject({
      account: '000000000000',
      region: 'us-east-1',
      now: '2026-01-01T00:00:00.000Z',
      clock: 'still',
    });
    expect((await ask(door, '/api/state')).body).toEqual(before);
    const { KeyMetadata } = await door.sim.as().createKey();
    const after = (await ask(door, '/api/state')).body;
    expect(after.hash).not.toBe(before.hash);
    expect(after.state.keys).toHaveLength(1);
    expect(JSON.stringify(after.state.keys)).toContain(KeyMetadata?.KeyId);
  });

  test('is looked at without a trace: what is due has not happened because somebody looked', async () => {
    const door = await adminDoor({ seed: 1, trace: true });
    await door.sim.as().createKey();
    const [text, saved] = [door.sim.trace.text(), JSON.stringify(door.sim.snapshot())];
    const looks = ['overview', 'calls', 'keys', 'upcoming', 'quotas', 'cost'].map((path) => `/api/${path}`);
    for (const path of ['/api/state', '/api/events', '/api/clock', '/api/faults', ...looks])
      expect((await ask(door, path)).status).toBe(200);
    expect([door.sim.trace.text(), JSON.stringify(door.sim.snapshot())]).toEqual([text, saved]);
  });

  test('has no seed and no secret of an access key', async () => {
    const accessKeys = [{ accessKeyId: 'mine', secretAccessKey: 'a secret of an access key' }];
    const door = await adminDoor({ seed: 'a seed that nobody guesses', accessKeys });
    const said = JSON.stringify((await ask(door, '/api/state')).body);
    expect(said).not.toMatch(/nobody guesses|secret of an access/);
  });
});

describe('the clock', () => {
  test('moves ahead, and what is due happens', async () => {
    const door = await adminDoor();
    const { KeyMetadata } = await door.sim.as().createKey();
    await door.sim.as().scheduleKeyDeletion({ KeyId: KeyMetadata?.KeyId ?? '', PendingWindowInDays: 7 });
    expect((await ask(door, '/api/clock', { advance: '8 days' })).body).toEqual({
      now: '2026-01-09T00:00:00.000Z',
      clock: 'still',
    });
    expect((await door.sim.as().listKeys()).Keys).toEqual([]);
    expect((await ask(door, '/api/clock', { to: '2027-01-01T00:00:00Z' })).body.now).toBe('2027-01-01T00:00:00.000Z');
    expect((await ask(door, '/api/clock')).body.now).toBe('2027-01-01T00:00:00.000Z');
  });

  test.each([
    [{}, 'InvalidRequestException'],
    [{ advance: '1 day', to: '2027-01-01' }, 'InvalidRequestException'],
    [{ advances: '1 day' }, 'InvalidRequestException'],
    [[], 'InvalidRequestException'],
    [null, 'InvalidRequestException'],
    [{ advance: 'soon' }, 'InvalidDuration'],
    [{ advance: {} }, 'InvalidDuration'],
    [{ advance: '-1 day' }, 'InvalidDuration'],
    [{ to: '1999-01-01' }, 'InvalidInstant'],
    [{ to: [1] }, 'InvalidInstant'],
  ])('%j moves nothing', async (body, type) => {
    const door = await adminDoor();
    const reply = await ask(door, '/api/clock', body);
    expect([reply.status, reply.body.__type]).toEqual([400, type]);
    expect((await ask(door, '/api/clock')).body.now).toBe('2026-01-01T00:00:00.000Z');
  });
});

describe('faults', () => {
  const plan = { services: [{ raise: 'ThrottlingException', operations: ['ListKeys'] }] };

  test('are set, seen and ended', async () => {
    const door = await adminDoor();
    expect((await ask(door, '/api/faults', { plan })).body.plan).toEqual(plan);
    await expect(door.sim.as().listKeys()).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect((await ask(door, '/api/faults')).body.counts).toEqual({ ThrottlingException: 1 });
    expect((await ask(door, '/api/faults', { plan: {} })).body.plan).toEqual({});
    expect((await door.sim.as().listKeys()).Keys).toEqual([]);
  });

  test.each([{}, { plan: { services: [{ raise: 'Nothing' }] } }, { plan: [] }, { plan: 1 }, { plans: {} }])(
    '%j is no plan',
    async (body) => {
      const door = await adminDoor();
      expect((await ask(door, '/api/faults', body)).status).toBe(400);
      expect(door.sim.faults.plan).toEqual({});
    },
  );
});

describe('a reset', () => {
  test('leads back to the start, as often as it is asked for; what comes then is the same again', async () => {
    const door = await adminDoor();
    const before = (await ask(door, '/api/state')).body;
    const first = (await door.sim.as().createKey()).KeyMetadata;
    await ask(door, '/api/clock', { advance: '1 day' });
    for (let time = 0; time < 2; time++) {
      expect((await ask(door, '/api/reset', {})).body).toEqual({ now: before.now, clock: 'still' });
      expect((await ask(door, '/api/state')).body).toEqual(before);
      expect((await door.sim.as().createKey()).KeyMetadata).toEqual(first);
    }
  });

  test('takes no members', async () => {
    const door = await adminDoor();
    expect((await ask(door, '/api/reset', { all: true })).status).toBe(400);
  });

  test('of a simulation without a seed', async () => {
    const door = await adminDoor({});
    const { KeyMetadata } = await door.sim.as().createKey();
    await ask(door, '/api/reset', {});
    expect((await door.sim.as().listKeys()).Keys).toEqual([]);
    expect((await door.sim.as().createKey()).KeyMetadata?.KeyId).not.toBe(KeyMetadata?.KeyId);
  });
});

test('the world has secrets when they are asked for, and nothing else is taken', async () => {
  const door = await adminDoor();
  await door.sim.as().createKey({ Description: 'mine' });
  const plain = (await ask(door, '/api/world', {})).body;
  expect(plain).toMatchObject({ account: '000000000000', keys: [{ description: 'mine' }] });
  expect(JSON.stringify(plain)).not.toMatch(/material|seed/);
  expect((await ask(door, '/api/world', { secrets: true })).body).toMatchObject({
    seed: 'admin',
    keys: [{ material: {} }],
  });
  for (const body of [{ secrets: 1 }, { all: true }]) expect((await ask(door, '/api/world', body)).status).toBe(400);
  expect((await ask(door, '/api/world')).status).toBe(405);
});

describe('a snapshot', () => {
  const key = Uint8Array.from({ length: 32 }, (_, at) => 255 - at);

  test('is sealed under the key that was sent, and opens with it', async () => {
    const door = await adminDoor({});
    const { KeyMetadata } = await door.sim.as().createKey();
    const snapshot = (await ask(door, '/api/snapshot', { key: Buffer.from(key).toString('base64') })).body;
    expect(JSON.stringify(snapshot)).not.toContain(KeyMetadata?.KeyId);
    const again = createKmsim({ snapshot, snapshotKey: key });
    expect((await again.as().listKeys()).Keys?.map(({ KeyId }) => KeyId)).toEqual([KeyMetadata?.KeyId]);
  });

  test('is open to all where that is asked for by name', async () => {
    const door = await adminDoor();
    const { KeyMetadata } = await door.sim.as().createKey();
    const snapshot = (await ask(door, '/api/snapshot', { plaintextKeys: true })).body;
    expect((await createKmsim({ snapshot }).as().listKeys()).Keys?.[0]?.KeyId).toBe(KeyMetadata?.KeyId);
  });

  test.each([
    {},
    { plaintextKeys: false },
    { plaintextKeys: 'true' },
    { key: '' },
    { key: 'AAAA' },
    { key: `${Buffer.from(key).toString('base64')}\n` },
    { key: Buffer.from(key).toString('hex') },
    { key: Buffer.from(key).toString('base64'), plaintextKeys: true },
    { key: [1] },
  ])('%j: neither key nor name, no snapshot', async (body) => {
    const door = await adminDoor();
    const reply = await ask(door, '/api/snapshot', body);
    expect([reply.status, reply.body.__type]).toEqual([400, 'InvalidRequestException']);
  });
});

describe('a body', () => {
  const posts = [...adminRoutes].filter(([, { POST }]) => POST !== undefined).map(([path]) => path);

  test.each(posts.flatMap((path) => [null, [], [1], 'x', '', 1, true].map((body) => [path, body] as const)))(
    '%s of %j is no object',
    async (path, body) => {
      const reply = await ask(await adminDoor(), path, body);
      expect([reply.status, reply.body]).toEqual([
        400,
        { __type: 'InvalidRequestException', message: 'A JSON object is expected.' },
      ]);
    },
  );

  test.each(['{', '', '{"advance":"1 day","advance":"2 days"}', '"\ud83d"', '['.repeat(40)])('%j', async (body) => {
    const { sim, token, url } = await adminDoor();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${url}/api/clock`, { method: 'POST', headers, body });
    expect([response.status, ((await response.json()) as { __type: string }).__type]).toEqual([
      400,
      'InvalidRequestException',
    ]);
    expect(sim.clock.now().toISOString()).toBe('2026-01-01T00:00:00.000Z');
  });
});

test('what was said is kept by no browser, and says nothing to web pages', async () => {
  const door = await adminDoor();
  const { headers } = await ask(door, '/api/state');
  expect(Object.fromEntries(headers)).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'content-type': 'application/json',
    server: 'kmsim (simulated)',
  });
  expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test.each([...adminRoutes].flatMap(([path, route]) => Object.keys(route).map((method) => [method, path] as const)))(
  'of a simulation that is closed %s %s tells nothing but that',
  async (method, path) => {
    const door = await adminDoor();
    door.sim.close();
    const bodies: Readonly<Record<string, unknown>> = {
      '/api/clock': { advance: '1 day' },
      '/api/faults': { plan: {} },
      '/api/snapshot': { plaintextKeys: true },
    };
    const reply = await ask(door, path, method === 'POST' ? (bodies[path] ?? {}) : undefined);
    expect([reply.status, reply.body]).toEqual([
      503,
      { __type: 'Closed', message: 'The simulation is closed. Make a new one with createKmsim().' },
    ]);
  },
);

test('nor does a stream of its events begin', async () => {
  const door = await adminDoor();
  door.sim.close();
  expect(await ask(door, streamPath)).toMatchObject({ status: 503, body: { __type: 'Closed' } });
});
