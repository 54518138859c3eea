// Bytes over a real socket, for what no HTTP client would send.

import { connect } from 'node:net';
import type { HttpDoor } from '../src/http-server.ts';

/** Everything that the server says until it closes, or until nothing has come for a while. */
export function exchange(door: HttpDoor, bytes: string | Uint8Array, quietAfter = 400): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(door.port, door.host);
    let said = '';
    const done = (): void => {
      socket.destroy();
      resolve(said);
    };
    socket.setTimeout(quietAfter, done);
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1');
    });
    socket.on('error', done);
    socket.on('close', done);
    socket.write(bytes);
  });
}

/** The status codes in what a server said. */
export function statusesOf(said: string): number[] {
  return [...said.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map((match) => Number(match[1]));
}

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A request head with its body; it asks for the connection to be closed, so that the answer has an end. */
export function rawRequest({ method = 'POST', path = '/', headers = [], body = '{}' }: RawRequest = {}): string {
  const own = headers.map((line) => line.toLowerCase());
  const missing = (line: string): boolean =>
    !own.some((given) => given.startsWith(`${line.split(':')[0]?.toLowerCase()}:`));
  const usual = [
    'Host: localhost',
    'Content-Type: application/x-amz-json-1.1',
    'X-Amz-Target: TrentService.ListKeys',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ].filter(missing);
  return `${method} ${path} HTTP/1.1\r\n${[...usual, ...headers].join('\r\n')}\r\n\r\n${body}`;
}
