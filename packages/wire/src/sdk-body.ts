// The body of an AWS SDK request as bytes or text, whatever the SDK or its user made of it, counted while it is read.

import { maxBodyBytes } from './json-body.ts';

export type Collected = { readonly body: Uint8Array | string } | 'too large';

const tooLarge = 'too large';
const utf8 = new TextEncoder();

/** At once, unless the body is a stream: Node's, or the web's. */
export function collectBody(body: unknown): Collected | Promise<Collected> {
  if (body === undefined || body === null) return { body: '' };
  if (typeof body === 'string') return fits(body) ? { body } : tooLarge;
  const bytes = bytesOf(body);
  if (bytes !== undefined) return bytes.length > maxBodyBytes ? tooLarge : { body: bytes };
  return collectStream(chunksOf(body));
}

// UTF-8 takes one to three bytes for each unit, so the text is measured only where that leaves a doubt.
function fits(text: string): boolean {
  if (text.length * 3 <= maxBodyBytes) return true;
  return text.length <= maxBodyBytes && utf8.encode(text).length <= maxBodyBytes;
}

// A plain view: a subclass may lie over a pool (Buffer), and may have string methods of its own (the SDK's serializer).
function bytesOf(body: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  return undefined;
}

async function collectStream(chunks: AsyncIterable<unknown>): Promise<Collected> {
  const read: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? utf8.encode(chunk) : bytesOf(chunk);
    if (bytes === undefined) throw new TypeError('A request body stream must yield bytes or text.');
    length += bytes.length;
    // Leaving the loop closes the stream.
    if (length > maxBodyBytes) return tooLarge;
    read.push(bytes);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const bytes of read) {
    body.set(bytes, at);
    at += bytes.length;
  }
  return { body };
}

function chunksOf(body: unknown): AsyncIterable<unknown> {
  if (typeof body === 'object' && body !== null) {
    if (Symbol.asyncIterator in body) return body as AsyncIterable<unknown>;
    if ('getReader' in body) return readerChunks(body as ReadableStream<unknown>);
  }
  throw new TypeError('A request body must be text, bytes or a stream.');
}

// Not every platform can iterate a web stream.
async function* readerChunks(stream: ReadableStream<unknown>): AsyncGenerator<unknown> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
