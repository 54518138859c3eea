// How requests of the simulated AWS KMS reach the proxies of external key stores: signed, to the configured places and nowhere else.

import type { XksAnswer, XksTransport } from '@kmsim/kms';
import { machineNow } from '@kmsim/world';
import { expectExchange, loadExchange } from '#node-loads';
import type { Address } from './http-connector.ts';
import type { Exchange, Message } from './http-exchange.ts';
import { askInProcess } from './in-process.ts';
import { timeLimit } from './limits.ts';
import { RequestSigner } from './sign-request.ts';
import { destinationsOf, type XksEndpoints } from './xks-endpoints.ts';

/** For the option xksEndpoints. Raises InvalidXksEndpoint for what is no such thing, NotInstalled where nothing can ask over HTTP. */
export function xksTransport(endpoints: XksEndpoints = {}, limit: number = timeLimit): XksTransport {
  const destinations = destinationsOf(endpoints);
  // Nobody is configured, so nobody is asked.
  if (destinations.size === 0) return () => ({ failure: 'unreachable' });
  if ([...destinations.values()].some(({ kind }) => kind !== 'in process')) expectExchange();
  const signer = new RequestSigner();
  const overHttp = httpSender(limit);
  return (request) => {
    const destination = destinations.get(request.endpoint.toLowerCase());
    if (destination === undefined) return { failure: 'unreachable' };
    // A proxy in the process is on the clock of the simulation, one at the other end of a socket on the machine's.
    const instant = destination.kind === 'in process' ? request.now : machineNow();
    const headers = signer.headers(request, instant);
    if (destination.kind === 'in process') return askInProcess(destination.proxy, request, headers, limit);
    return overHttp(destination, { path: request.path, headers, body: request.body });
  };
}

// undici is loaded when it is first needed.
function httpSender(limit: number): (address: Address, message: Message) => Promise<XksAnswer> {
  let exchange: Exchange | undefined;
  const load = async (): Promise<Exchange> => {
    const { Exchange } = await loadExchange();
    exchange ??= new Exchange(limit);
    return exchange;
  };
  return (address, message) =>
    exchange === undefined ? load().then((ready) => ready.send(address, message)) : exchange.send(address, message);
}
