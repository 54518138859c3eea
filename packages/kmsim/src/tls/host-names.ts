// The names and addresses under which a server is reached, as certificates have them.

import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { isWildcard, parseHost } from '@kmsim/wire/http';

const loopbackHosts: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

/** In lower case, each once: where it listens, this machine, and what it may be addressed by. What is no host is left to the door. */
export function hostsOf(host: string | undefined, allowedHosts: readonly string[]): readonly string[] {
  const allowed = allowedHosts.flatMap((one) => parseHost(one)?.name ?? []);
  // The zone of an address (RFC 4007, 11) is known to one machine alone: neither certificates nor URLs have one.
  const own = host === undefined ? [] : [host.toLowerCase().replace(/%.*$/s, '')];
  const all = [...own, ...loopbackHosts, ...allowed];
  return [...new Set(all)].filter((name) => !isWildcard(name));
}

/** Whether clients that were led to that host take the certificate. Only its alternative names count: RFC 9525, 2. */
export function isFor(certificate: X509Certificate, host: string): boolean {
  return isIP(host) === 0
    ? certificate.checkHost(host, { subject: 'never' }) !== undefined
    : certificate.checkIP(host) !== undefined;
}

/** The octets of an address: 4 or 16. */
export function addressOctets(address: string): Uint8Array {
  if (isIP(address) === 4) return Uint8Array.from(address.split('.'), Number);
  // A URL writes each address in one way: groups of 16 bits, and `::` once at most. https://url.spec.whatwg.org/#concept-ipv6-serializer
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const values = [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
  return Uint8Array.from(values.flatMap((value) => [value >>> 8, value & 0xff]));
}
