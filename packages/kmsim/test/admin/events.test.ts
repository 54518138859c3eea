// Events over an admin port: those that are kept, and those that come.

import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { EventStreams, maxStreams } from '../../src/admin/event-stream.ts';
import { createKmsim } from '../../src/index.ts';
import { type AdminDoor, adminDoor, ask } from './admin-door.ts';

async function streaming({ token, url }: AdminDoor): Promise<{ lines: string[]; status: number; end(): void }> {
  const control = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const { body, status } = await fetch(`${url}/api/events/stream`, { headers, signal: control.signal });
  const lines: string[] = [];
  const read = async (): Promise<void> => {
    for await (const chunk of body ?? []) lines.push(...new TextDecoder().decode(chunk).split('\n').filter(Boolean));
  };
  read().catch(() => undefined);
  return { lines, status, end: () => control.abort() };
}

test('a piece at a time, from where somebody was', async () => {
  const door = await adminDoor({ seed: 1, trail: { keep: 5 } });
  for (let call = 0; call < 8; call++) await door.sim.as().listKeys();
  const all = (await ask(door, '/api/events')).body;
  expect(all).toMatchObject({ dropped: 3, first: 3, next: 8 });
  expect(all.events).toEqual(JSON.parse(JSON.stringify(door.sim.trail.events)));
  const piece = (await ask(door, '/api/events?after=4&limit=2')).body;
  expect(piece).toEqual({ epoch: 1, dropped: 3, first: 4, next: 6, events: all.events.slice(1, 3) });
  expect((await ask(door, '/api/events?after=8&epoch=1')).body).toMatchObject({ next: 8, events: [] });
  expect((await ask(door, '/api/events?after=999')).body).toMatchObject({ next: 8, events: [] });
});

test('after more events than there were', async () => {
  const door = await adminDoor();
  await door.sim.as().listKeys();
  expect((await ask(door, '/api/events?after=1')).body).toMatchObject({ next: 1, events: [] });
  const { body, status } = await ask(door, '/api/events?after=2');
  expect([status, body.__type]).toEqual([400, 'InvalidRequestException']);
  expect(body.message).toMatch(/only 1 .*epoch 1.*after=0/);
});

const anew: readonly (readonly [what: string, act: (door: AdminDoor) => unknown])[] = [
  ['a reset', (door) => ask(door, '/api/reset', {})],
  ['a rewind', ({ sim }) => sim.rewind(sim.mark())],
  ['clear', ({ sim }) => sim.trail.clear()],
];

test.each(anew)('behind %s no reader misses an event without being told', async (what, act) => {
  const door = await adminDoor();
  const kms = door.sim.as();
  for (let call = 0; call < 3; call++) await kms.listKeys();
  const before = (await ask(door, '/api/events')).body;
  expect(before).toMatchObject({ epoch: 1, next: 3 });
  for (const epoch of [2, 3]) {
    await act(door);
    // More than were seen before: `after` alone would not tell.
    for (let call = 0; call < 5; call++) await kms.listKeys();
    const refused = await ask(door, `/api/events?after=${before.next}&epoch=1`);
    expect([what, refused.status, refused.body.__type]).toEqual([what, 400, 'InvalidRequestException']);
    expect(refused.body.message).toMatch(new RegExp(`epoch ${epoch} .*after=0`));
    expect((await ask(door, `/api/events?after=0&epoch=${epoch}`)).body.epoch).toBe(epoch);
    expect((await ask(door, '/api/events')).body.epoch).toBe(epoch);
  }
});

test.each([
  'after=-1',
  'after=x',
  'limit=10001',
  'limit=1&limit=2',
  'from=1',
  'after=1e3',
  '__proto__=1',
  'epoch=x',
  'epoch=1&epoch=1',
])('?%s is no piece', async (query) => {
  expect((await ask(await adminDoor(), `/api/events?${query}`)).status).toBe(400);
});

test('without a trail there are none', async () => {
  const door = await adminDoor({ seed: 1, trail: 'off' });
  for (const path of ['/api/events', '/api/events/stream'])
    expect(await ask(door, path)).toMatchObject({ status: 400, body: { __type: 'NoTrail' } });
});

test('as they happen, also behind a reset, until the client leaves', async () => {
  const door = await adminDoor();
  const { end, lines, status } = await streaming(door);
  expect(status).toBe(200);
  await door.sim.as().createKey();
  await vi.waitFor(() => expect(lines).toHaveLength(1));
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ eventName: 'CreateKey' });
  await ask(door, '/api/reset', {});
  await door.sim.as().listKeys();
  await vi.waitFor(() => expect(lines).toHaveLength(2));
  end();
  await vi.waitFor(() => expect(door.sim.kms.trail?.listeners.size).toBe(0));
});

test('no more streams than there may be; one that ends makes room', async () => {
  const door = await adminDoor();
  const open = await Promise.all(Array.from({ length: maxStreams }, () => streaming(door)));
  expect((await ask(door, '/api/events/stream')).status).toBe(429);
  for (const one of open) one.end();
  await vi.waitFor(() => expect(door.sim.kms.trail?.listeners.size).toBe(0));
  const again = await streaming(door);
  expect(again.status).toBe(200);
  again.end();
});

test('requests that wait on a connection that has gone take no stream', async () => {
  const door = await adminDoor();
  const head = `GET /api/events/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${door.token}\r\n\r\n`;
  for (let connection = 0; connection < maxStreams; connection++) {
    const socket = connect({ host: '127.0.0.1', port: door.port });
    socket.write(head.repeat(3));
    await once(socket, 'data');
    socket.destroy();
    await once(socket, 'close');
  }
  await vi.waitFor(() => expect(door.sim.kms.trail?.listeners.size).toBe(0));
  const open = await Promise.all(Array.from({ length: maxStreams }, () => streaming(door)));
  expect(open.map(({ status }) => status)).toEqual(open.map(() => 200));
  for (const one of open) one.end();
});

test('a stream that cannot begin takes no room', async () => {
  const { trail, kms } = createKmsim({ seed: 1 });
  const streams = new EventStreams();
  const response = Object.assign(new EventEmitter(), {
    req: { socket: new EventEmitter() },
    writeHead: () => {
      throw new Error('the head was sent');
    },
  });
  for (let time = 0; time < maxStreams; time++)
    await expect(streams.pour(trail, response as unknown as ServerResponse, {})).rejects.toThrow('the head was sent');
  expect([streams.isFull, kms.trail?.listeners.size]).toEqual([false, 0]);
});

test('a client that does not read loses its stream, and costs no more memory than it may', async () => {
  const sim = createKmsim({ seed: 1 });
  const written: string[] = [];
  const socket = Object.assign(new EventEmitter(), { destroy: () => socket.emit('close') });
  const response = Object.assign(new EventEmitter(), {
    req: { socket },
    writableLength: 0,
    writeHead: () => {},
    flushHeaders: () => {},
    write(line: string) {
      written.push(line);
      this.writableLength += 1024 * 1024;
    },
  });
  const poured = new EventStreams().pour(sim.trail, response as unknown as ServerResponse, {});
  for (let call = 0; call < 20; call++) {
    await sim.as().listKeys();
    // The end of a stream is told in a turn of its own.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await poured;
  expect(written.length).toBe(5);
});

test('they end with the server', async () => {
  const door = await adminDoor();
  await streaming(door);
  await door.server.close();
  await vi.waitFor(() => expect(door.sim.kms.trail?.listeners.size).toBe(0));
});
