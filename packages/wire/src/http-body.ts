// The body of an HTTP request, counted while it is read.

import type { IncomingMessage } from 'node:http';
import { maxBodyBytes } from './json-body.ts';

/** `gone`: the client left before the body was complete. */
export type HttpBody = Uint8Array | 'too large' | 'gone';

export function readHttpBody(request: IncomingMessage): Promise<HttpBody> {
  return new Promise((resolve) => {
    if (request.destroyed) resolve('gone');
    const chunks: Uint8Array[] = [];
    let length = 0;
    request.on('data', (chunk: Uint8Array) => {
      length += chunk.length;
      if (length <= maxBodyBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        request.pause();
        resolve('too large');
      }
    });
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks)));
    request.on('error', () => resolve('gone'));
    request.on('close', () => resolve('gone'));
  });
}
