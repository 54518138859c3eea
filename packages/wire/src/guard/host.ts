// Whom a request is addressed to: against DNS rebinding, a name that is none of this server is refused before anything else is looked at.

import { isLoopback, isWildcard, parseHost } from '../host-name.ts';
import { type Refusal, shown } from '../refusal.ts';

export interface HostNames {
  readonly boundHost: string;
  readonly allowedHosts: readonly string[];
}

/** Undefined where the Host header is a loopback name, the bound host or one that was allowed. */
export function strangeHost(header: string, { allowedHosts, boundHost }: HostNames): Refusal | undefined {
  const name = parseHost(header)?.name;
  if (name !== undefined && isLoopback(name)) return undefined;
  if (name !== undefined && name === boundHost.toLowerCase() && !isWildcard(name)) return undefined;
  if (name !== undefined && allowedHosts.some((allowed) => allowed.toLowerCase() === name)) return undefined;
  const message = `The host '${shown(header)}' is not a name of this server. Names beyond localhost are set with allowedHosts.`;
  return { status: 421, code: 'MisdirectedRequestException', message };
}
