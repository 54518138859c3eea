// Name resolution for requests to a proxy: what an option forbids, a name server must not allow.

import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isForbiddenAddress, isLoopbackAddress } from './addresses.ts';

type Resolve = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Resolves as Node does, and fails for a name of which any address is forbidden, or none of this machine where only that will do. */
export function guardedLookup(onlyLoopback: boolean, resolve: Resolve = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) return callback(error ?? refused(hostname), '');
      const isBad = (address: string): boolean =>
        isForbiddenAddress(address) || (onlyLoopback && !isLoopbackAddress(address));
      if (addresses.some(({ address }) => isBad(address))) return callback(refused(hostname), '');
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function refused(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} leads where no request goes.`), { code: 'ENOTFOUND' });
}
