// A proxy in a process of its own, as `kmsim xks-proxy` runs one: says where it is and what opens it.

import { createXksProxy, serveXksProxy, type XksProxy } from 'kmsim';
import { seed } from '../keys.ts';

/** What the process says once. */
export type Announced = Pick<XksProxy, 'uriPath' | 'credential'> & { readonly port: number; readonly url: string };

const proxy = await createXksProxy({ seed, keys: ['bench'] });
const { port, url } = await serveXksProxy(proxy);
const { credential, uriPath } = proxy;
process.send?.({ credential, port, uriPath, url } satisfies Announced);
// Its parent is gone, whatever became of it.
process.on('disconnect', () => process.exit());
