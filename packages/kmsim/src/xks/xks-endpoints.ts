// xksEndpoints: where the endpoint of an external key store really lives. Nothing else is ever asked.

import { isLoopback } from '@kmsim/wire';
import { KmsimError } from '../kmsim-error.ts';
import { isRecord, isText, shown } from '../option-forms.ts';
import { isForbiddenAddress } from './addresses.ts';

/** A proxy in the same process: an `XksProxy` of @kmsim/xks-proxy, or anything that answers like one. */
export interface XksProxyLike {
  handle(request: XksProxyRequest): XksProxyAnswer | Promise<XksProxyAnswer>;
}

export interface XksProxyRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. The signature is made at `now`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds since the epoch, by the clock of the simulation. */
  readonly now: number;
}

export interface XksProxyAnswer {
  readonly status: number;
  readonly body: string;
  /** Milliseconds that would have passed: past the time limit there is no answer. Nobody really waits. */
  readonly delay?: number;
  /** The connection would have broken. */
  readonly lost?: unknown;
}

/** An address over HTTPS whose certificate another authority has signed. */
export interface XksAddress {
  readonly url: string;
  /** PEM: instead of the authorities that Node trusts. The certificate is one for the host of the key store's endpoint. */
  readonly ca?: string;
}

/** `http://127.0.0.1:4600` (loopback alone), `https://...`, or a proxy in the same process. */
export type XksTarget = string | XksAddress | XksProxyLike;

/** By XksProxyUriEndpoint: https, a host, no port. */
export type XksEndpoints = Readonly<Record<string, XksTarget>>;

/** Where requests for one endpoint go. */
export type Destination =
  | { readonly kind: 'in process'; readonly proxy: XksProxyLike }
  | {
      readonly kind: 'http' | 'https';
      readonly hostname: string;
      readonly port: number;
      readonly ca: string | undefined;
    };

// https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateCustomKeyStore.html (XksProxyUriEndpoint)
const endpointForm = /^https:\/\/[a-zA-Z0-9.-]{1,120}$/;

/** By endpoint in lower case. */
export function destinationsOf(endpoints: XksEndpoints): ReadonlyMap<string, Destination> {
  const destinations = new Map<string, Destination>();
  for (const [endpoint, target] of Object.entries(endpoints)) {
    if (!endpointForm.test(endpoint)) throw wrong(`${shown(endpoint)} is no endpoint of a key store.`);
    if (destinations.has(endpoint.toLowerCase())) throw wrong(`${shown(endpoint)} is there twice.`);
    destinations.set(endpoint.toLowerCase(), destinationOf(endpoint, target));
  }
  return destinations;
}

function destinationOf(endpoint: string, target: XksTarget): Destination {
  if (isRecord(target) && typeof target['handle'] === 'function')
    return { kind: 'in process', proxy: target as unknown as XksProxyLike };
  const { ca, url } = isRecord(target) ? target : { url: target, ca: undefined };
  if (!isText(url) || (ca !== undefined && !isText(ca)))
    throw wrong(`${shown(endpoint)} leads to ${shown(target)}, which is no address and no proxy.`);
  const { hostname, href, pathname, port, protocol, username } = parsed(endpoint, url);
  const name = hostname.replace(/^\[|\]$/g, '');
  const refuse = (why: string): KmsimError => wrong(`${shown(endpoint)} leads to ${shown(url)}: ${why}.`);
  if (protocol !== 'http:' && protocol !== 'https:') throw refuse('only http and https are spoken');
  if (username !== '' || pathname !== '/' || /[?#]/.test(href))
    throw refuse('an address is a host and a port, the path comes with the key store');
  if (protocol === 'http:' && !isLoopback(name)) throw refuse('beyond this machine only https is spoken');
  if (/^[\d.]+$|:/.test(name) && isForbiddenAddress(name)) throw refuse('nothing goes to link-local addresses');
  const kind = protocol === 'http:' ? 'http' : 'https';
  return { kind, hostname: name, port: Number(port) || (kind === 'http' ? 80 : 443), ca };
}

function parsed(endpoint: string, url: string): URL {
  try {
    return new URL(url);
  } catch (cause) {
    throw new KmsimError('InvalidXksEndpoint', `${shown(endpoint)} leads to ${shown(url)}, which is no address.`, {
      cause,
    });
  }
}

function wrong(problem: string): KmsimError {
  return new KmsimError('InvalidXksEndpoint', problem);
}
