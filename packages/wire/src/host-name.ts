// Names of this machine: which addresses are loopback, and what a Host header says.

export interface HostHeader {
  /** In lower case, an IPv6 address without its brackets. */
  readonly name: string;
  readonly port: string | undefined;
}

const label = /^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/;
const octet = /^(0|[1-9]\d{0,2})$/;

/** A name or an address, with or without a port. Anything else (user, path, blank, zone, final dot) is no Host. */
export function parseHost(header: string): HostHeader | undefined {
  const parts = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/.exec(header.toLowerCase());
  const name = parts?.[1];
  if (name === undefined) return undefined;
  return { name: name.startsWith('[') ? name.slice(1, -1) : name, port: parts?.[2] };
}

/**
 * localhost, a name below it (RFC 6761, 6.3), 127.0.0.0/8 in four plain octets, ::1.
 * Other spellings of the same address (127.1, 0x7f000001, ::ffff:127.0.0.1) are not: no client writes them, and a rebinding page might.
 */
export function isLoopback(name: string): boolean {
  if (name === '::1' || name === 'localhost') return true;
  const parts = name.split('.');
  if (parts.at(-1) === 'localhost') return parts.every((part) => label.test(part));
  return parts.length === 4 && parts[0] === '127' && parts.every((part) => octet.test(part) && Number(part) < 256);
}

/** The addresses that mean every interface. Nobody is reached under them, so they are never a permitted Host. */
export function isWildcard(name: string): boolean {
  return name === '' || name === '0.0.0.0' || name === '::';
}

/** As it stands in a URL; for every interface, the loopback of its family. */
export function urlHost(name: string): string {
  if (name === '::') return '[::1]';
  if (isWildcard(name)) return '127.0.0.1';
  return name.includes(':') ? `[${name}]` : name;
}
