import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type HttpBody, readHttpBody } from '../src/http-body.ts';
import { maxBodyBytes } from '../src/json-body.ts';

/** A request of which only the stream is looked at. */
function reading(stream: PassThrough): Promise<HttpBody> {
  return readHttpBody(stream as unknown as IncomingMessage);
}

test('the chunks in one', async () => {
  const stream = new PassThrough();
  const body = reading(stream);
  stream.write('{"a":');
  stream.end('1}');
  expect(Buffer.from((await body) as Uint8Array).toString()).toBe('{"a":1}');
});

test('as long as the limit, and one longer', async () => {
  const [full, over] = [new PassThrough(), new PassThrough()];
  const bodies = [reading(full), reading(over)];
  full.end(Buffer.alloc(maxBodyBytes));
  over.write(Buffer.alloc(maxBodyBytes));
  over.write('x');
  const [whole, refused] = await Promise.all(bodies);
  expect((whole as Uint8Array).length).toBe(maxBodyBytes);
  expect(refused).toBe('too large');
});

test('a client that leaves, breaks, or has left already', async () => {
  const [leaving, breaking, left] = [new PassThrough(), new PassThrough(), new PassThrough()];
  left.destroy();
  const bodies = [leaving, breaking, left].map(reading);
  leaving.write('{');
  leaving.destroy();
  breaking.destroy(new Error('reset'));
  expect(await Promise.all(bodies)).toEqual(['gone', 'gone', 'gone']);
});
