// Listening on this machine: on the loopback address of both families, so that `localhost` leads here whichever a client asks first.

import type { AddressInfo, ListenOptions, Server } from 'node:net';

/** A server that listens, with where. */
export interface Listening<Kind extends Server> {
  readonly server: Kind;
  readonly address: string;
  readonly port: number;
}

/** What a system without IPv6, or with it switched off, says of ::1. */
const unavailable: ReadonlySet<string | undefined> = new Set([
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EINVAL',
  'EPROTONOSUPPORT',
]);

// A free port of one family may be taken in the other.
const attempts = 16;

/**
 * On 127.0.0.1 and, where there is IPv6, on the same port of ::1. A given port that another program has on ::1 is refused: clients of
 * `localhost` would reach that program with what they have for this one.
 */
export async function listenOnLoopback<Kind extends Server>(
  make: () => Kind,
  wanted: number,
): Promise<Listening<Kind>[]> {
  for (let attempt = 1; ; attempt++) {
    const first = await listen(make(), { host: '127.0.0.1', port: wanted });
    try {
      return [first, await listen(make(), { host: '::1', port: first.port, ipv6Only: true })];
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (unavailable.has(code)) return [first];
      await new Promise((resolve) => first.server.close(resolve));
      if (wanted !== 0 || attempt === attempts || code !== 'EADDRINUSE') throw error;
    }
  }
}

export function listen<Kind extends Server>(server: Kind, where: ListenOptions): Promise<Listening<Kind>> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      const { address, port } = server.address() as AddressInfo;
      resolve({ server, address, port });
    });
  });
}
