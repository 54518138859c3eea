// Events over an admin port: those that are kept, and those that come.

import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
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
  expect(piece).toEqual({ dropped: 3, first: 4, next: 6, events: all.events.slice(1, 3) });
  expect((await ask(door, '/api/events?after=8')).body).toMatchObject({ next: 8, events: [] });
  expect((await ask(door, '/api/events?after=999')).body).toMatchObject({ next: 8, events: [] });
});

test.each(['after=-1', 'after=x', 'limit=10001', 'limit=1&limit=2', 'from=1', 'after=1e3', '__proto__=1'])(
  '?%s is no piece',
  async (query) => {
    expect((await ask(await adminDoor(), `/api/events?${query}`)).status).toBe(400);
  },
);

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

test('a client that does not read loses its stream, and costs no more memory than it may', async () => {
  const sim = createKmsim({ seed: 1 });
  const written: string[] = [];
  const response = Object.assign(new EventEmitter(), {
    writableLength: 0,
    writeHead: () => {},
    flushHeaders: () => {},
    write(line: string) {
      written.push(line);
      this.writableLength += 1024 * 1024;
    },
    destroy: () => response.emit('close'),
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
