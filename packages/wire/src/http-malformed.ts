// What is said to a client whose bytes are no HTTP request, or come too slowly: a status line, and the connection ends.

import type { Duplex } from 'node:stream';
import { owesAnswer } from './http-turns.ts';

export const serverName = 'kmsim (simulated)';

// Node's codes: https://nodejs.org/docs/latest-v20.x/api/http.html#event-clienterror
const statusLines: ReadonlyMap<string | undefined, string> = new Map([
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', '413 Payload Too Large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
]);

export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  // A status line in the place of another request's answer would be taken for it.
  if (error.code === 'ECONNRESET' || !socket.writable || owesAnswer(socket)) {
    socket.destroy();
    return;
  }
  const status = statusLines.get(error.code) ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nServer: ${serverName}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => {
    socket.destroy();
  });
}
