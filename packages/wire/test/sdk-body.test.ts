import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { maxBodyBytes } from '../src/json-body.ts';
import { collectBody } from '../src/sdk-body.ts';

const utf8 = new TextEncoder();
const text = '{"a":"é"}';
const bytes = utf8.encode(text);

class Serialized extends Uint8Array {
  override toString(): string {
    throw new Error('read as text');
  }
}

/** The bytes in the middle of a larger memory, as a pool hands them out. */
function pooled(): ArrayBuffer {
  const pool = new ArrayBuffer(bytes.length + 20);
  new Uint8Array(pool).fill(0x7b).set(bytes, 10);
  return pool;
}

function webStream(...chunks: unknown[]): ReadableStream<unknown> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

/** A web stream of a platform that cannot iterate it. */
function plainWebStream(...chunks: unknown[]): unknown {
  const stream = webStream(...chunks);
  return { getReader: () => stream.getReader() };
}

async function collected(body: unknown): Promise<string> {
  const result = await collectBody(body);
  if (result === 'too large') return result;
  return typeof result.body === 'string' ? result.body : new TextDecoder().decode(result.body);
}

test.each<[kind: string, body: unknown]>([
  ['text', text],
  ['bytes', bytes],
  ['a Buffer', Buffer.from(text)],
  ['a view into a pool', new Uint8Array(pooled(), 10, bytes.length)],
  ['a subclass over a pool', new Serialized(pooled(), 10, bytes.length)],
  ['a DataView', new DataView(pooled(), 10, bytes.length)],
  ['an ArrayBuffer', bytes.slice().buffer],
  ['a Node stream of bytes', Readable.from([Buffer.from(bytes.subarray(0, 7)), Buffer.from(bytes.subarray(7))])],
  ['a Node stream of text', Readable.from(['{"a":', '"é"}'])],
  ['a web stream', webStream(bytes.subarray(0, 3), bytes.subarray(3))],
  ['a web stream without iteration', plainWebStream(bytes.subarray(0, 3), bytes.subarray(3))],
])('%s', async (_, body) => {
  expect(await collected(body)).toBe(text);
});

test.each([undefined, null, '', new Uint8Array(0), Readable.from([])])('nothing: %s', async (body) => {
  expect(await collected(body)).toBe('');
});

test('only a stream has to be waited for', () => {
  expect(collectBody(bytes)).not.toBeInstanceOf(Promise);
  expect(collectBody(webStream())).toBeInstanceOf(Promise);
});

describe('the limit', () => {
  const half = 'x'.repeat(maxBodyBytes / 2);

  test.each<[kind: string, make: (extra: string) => unknown]>([
    ['text', (extra) => half + half + extra],
    ['text of three bytes each', (extra) => `${'€'.repeat((maxBodyBytes - 1) / 3)}x${extra}`],
    ['bytes', (extra) => utf8.encode(half + half + extra)],
    ['a Node stream', (extra) => Readable.from([half, half, extra])],
    ['a web stream', (extra) => webStream(half, half, extra)],
    ['a web stream without iteration', (extra) => plainWebStream(half, half, extra)],
  ])('%s: as long as the limit, and one longer', async (_, make) => {
    expect((await collected(make(''))).length).toBeGreaterThan(maxBodyBytes / 3);
    expect(await collected(make('x'))).toBe('too large');
  });

  test('a stream past it is closed, and not read on', async () => {
    let drawn = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          drawn += 1;
          yield Buffer.alloc(65_536);
        }
      })(),
    );
    expect(await collectBody(endless)).toBe('too large');
    expect(endless.destroyed).toBe(true);
    expect(drawn).toBeLessThan(40);

    let cancelled = false;
    const web = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
      cancel: () => {
        cancelled = true;
      },
    });
    expect(await collectBody({ getReader: () => web.getReader() })).toBe('too large');
    expect(cancelled).toBe(true);
  });
});

describe('what is no body', () => {
  test.each([42, true, {}, Symbol('body')])('%s', (body) => {
    expect(() => collectBody(body)).toThrow('must be text, bytes or a stream');
  });

  test('a stream of something else', async () => {
    await expect(collectBody(webStream({}))).rejects.toThrow('must yield bytes or text');
  });

  test('a stream that fails: its error, as the SDK would see it', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('disk'));
      },
    });
    await expect(collectBody(broken)).rejects.toThrow('disk');
  });
});
