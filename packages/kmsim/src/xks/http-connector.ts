// Connections to proxies: to the addresses that may be asked, and with TLS to whom the certificate names.

import { buildConnector } from 'undici';
import { guardedLookup } from './guarded-lookup.ts';
import type { Destination } from './xks-endpoints.ts';

export type Address = Extract<Destination, { readonly kind: 'http' | 'https' }>;

/** A connection was there, and its handshake failed. */
export class HandshakeFailure extends Error {}

const lookups = { http: guardedLookup(true), https: guardedLookup(false) };

/** `host`: that of the store's endpoint. Who answers must be that host, as its certificate says. */
export function connectorTo({ ca, kind }: Address, host: string): buildConnector.connector {
  const connect = buildConnector({
    lookup: lookups[kind],
    // Time is limited by request.
    timeout: 0,
    ...(kind === 'https' && { servername: host, rejectUnauthorized: true, ...(ca !== undefined && { ca }) }),
  });
  if (kind === 'http') return connect;
  return (options, callback) => {
    connect(options, (error, socket) => {
      if (error === null) callback(null, socket);
      else callback(isOfNetwork(error) ? error : new HandshakeFailure(error.message), null);
    });
  };
}

// What the system says of a connection that never was.
const ofNetwork = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
]);

function isOfNetwork(error: NodeJS.ErrnoException): boolean {
  return ofNetwork.has(error.code ?? '');
}
