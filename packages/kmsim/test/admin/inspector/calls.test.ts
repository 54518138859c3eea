// The list of events: a piece at a time, and only what is asked for.

import { expect, test } from 'vitest';
import { type AdminDoor, type AdminReply, adminDoor, ask } from '../admin-door.ts';

const nobody = 'arn:aws:iam::000000000000:role/Nobody';

async function doorWithCalls(keep?: number): Promise<AdminDoor & { readonly key: string }> {
  const door = await adminDoor({ seed: 'calls', ...(keep !== undefined && { trail: { keep } }) });
  door.sim.identities.put({ arn: nobody, policies: {} });
  const { KeyMetadata } = await door.sim.as().createKey();
  const key = KeyMetadata?.Arn ?? '';
  await door.sim.as().createAlias({ AliasName: 'alias/orders', TargetKeyId: key });
  await door.sim
    .as(nobody)
    .describeKey({ KeyId: key })
    .catch(() => undefined);
  await door.sim
    .as()
    .describeKey({ KeyId: 'alias/none' })
    .catch(() => undefined);
  return { ...door, key };
}

const namesIn = ({ body }: AdminReply): readonly string[] => body.rows.map(({ name }: { name: string }) => name);

test('rows are in the order of the events, with what came of each', async () => {
  const door = await doorWithCalls();
  const { body } = await ask(door, '/api/calls');
  expect(body).toMatchObject({ dropped: 0, total: 4, from: 0 });
  expect(body.rows.map(({ name, outcome }: Record<string, string>) => [name, outcome])).toEqual([
    ['CreateKey', 'allowed'],
    ['CreateAlias', 'allowed'],
    ['DescribeKey', 'denied'],
    ['DescribeKey', 'failed'],
  ]);
  expect(body.rows[2]).toMatchObject({ who: nobody, key: door.key, alias: 'alias/orders' });
  expect(body.rows[2].error).toMatch(/^AccessDenied/);
});

test.each([
  ['show=denied', ['DescribeKey']],
  ['show=failed', ['DescribeKey', 'DescribeKey']],
  ['show=changes', ['CreateKey', 'CreateAlias']],
  ['show=service', []],
  ['text=createalias', ['CreateAlias']],
  ['text=ROLE%2Fnobody%20describe', ['DescribeKey']],
  ['text=alias%2Fnone', ['DescribeKey']],
  ['text=nothing%20of%20it', []],
  ['from=1&limit=2', ['CreateAlias', 'DescribeKey']],
  ['from=99', []],
])('%s', async (query, names) => {
  expect(namesIn(await ask(await doorWithCalls(), `/api/calls?${query}`))).toEqual(names);
});

test('of one key', async () => {
  const door = await doorWithCalls();
  await door.sim.as().createKey();
  const reply = await ask(door, `/api/calls?key=${encodeURIComponent(door.key)}`);
  expect(namesIn(reply)).toEqual(['CreateKey', 'CreateAlias', 'DescribeKey']);
});

test('what comes later is found by the same question, and by another one too', async () => {
  const door = await doorWithCalls();
  const denied = '/api/calls?show=denied';
  expect((await ask(door, denied)).body.total).toBe(1);
  await door.sim
    .as(nobody)
    .listKeys()
    .catch(() => undefined);
  await door.sim.as().listKeys();
  expect(namesIn(await ask(door, denied))).toEqual(['DescribeKey', 'ListKeys']);
  expect((await ask(door, '/api/calls')).body.total).toBe(6);
  expect((await ask(door, denied)).body.total).toBe(2);
});

test('events that are dropped and events that are numbered anew are told of', async () => {
  const door = await doorWithCalls(3);
  const first = (await ask(door, '/api/calls')).body;
  expect([first.dropped, first.total]).toEqual([1, 3]);
  await door.sim.as().listKeys();
  const second = (await ask(door, '/api/calls')).body;
  expect([second.dropped, second.rows.at(-1).name]).toEqual([2, 'ListKeys']);
  door.sim.trail.clear();
  const third = (await ask(door, '/api/calls')).body;
  expect([third.total, third.epoch === second.epoch]).toEqual([0, false]);
  await ask(door, '/api/reset', {});
  expect((await ask(door, '/api/calls')).body.total).toBe(0);
});

test.each([
  'limit=501',
  'limit=-1',
  'from=x',
  'from=1&from=2',
  'show=some',
  'show=__proto__',
  'all=1',
  `text=${'x'.repeat(2_049)}`,
])('%s is refused', async (query) => {
  expect((await ask(await adminDoor(), `/api/calls?${query}`)).status).toBe(400);
});

test('without a trail there are none, and that is said', async () => {
  const door = await adminDoor({ seed: 1, trail: 'off' });
  expect(await ask(door, '/api/calls')).toMatchObject({ status: 400, body: { __type: 'NoTrail' } });
  expect((await ask(door, '/api/overview')).body.trail).toBeUndefined();
});
