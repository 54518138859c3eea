// createXksProxy and serveXksProxy: the proxy of an external key store for a test, without another package to install.

import { liveWorld, machineNow } from '@kmsim/world';
import type { ServeXksProxyOptions, XksProxy, XksProxyOptions, XksProxyServer } from '@kmsim/xks-proxy';
import { KmsimError } from '../kmsim-error.ts';
import { isRecord, shown } from '../option-forms.ts';
import { whyNotServed } from '../why-not-served.ts';

export interface CreateXksProxyOptions extends Omit<XksProxyOptions, 'seed'> {
  /** Same seed, same keys, credential and ciphertexts. Without one they are random. */
  readonly seed?: string;
}

/** A proxy with keys of its own, for the option xksEndpoints. Loaded when somebody wants one. */
export async function createXksProxy(options: CreateXksProxyOptions = {}): Promise<XksProxy> {
  const given: unknown = options;
  if (!isRecord(given))
    throw new KmsimError('InvalidXksProxy', `createXksProxy takes an object of options, not ${shown(given)}.`);
  const { XksProxy } = await import('@kmsim/xks-proxy');
  const seed = options.seed ?? liveWorld().cursor('xks proxy').take().draw(32);
  try {
    return new XksProxy({ ...options, seed });
  } catch (error) {
    throw new KmsimError('InvalidXksProxy', (error as Error).message, { cause: error });
  }
}

/** The proxy behind HTTP, or HTTPS, on this machine; its signatures are measured by the machine's clock. */
export async function serveXksProxy(
  proxy: XksProxy,
  options: Omit<ServeXksProxyOptions, 'signatureClock'> = {},
): Promise<XksProxyServer> {
  const { serveXksProxy } = await import('@kmsim/xks-proxy');
  return serveXksProxy(proxy, { ...options, signatureClock: machineNow }).catch((error: unknown) => {
    throw whyNotServed(error);
  });
}
