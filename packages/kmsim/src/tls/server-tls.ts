// What a server speaks TLS with. Loaded when one is asked to.

import { machineEntropy, machineNow } from '@kmsim/world';
import { hostsOf } from './host-names.ts';
import { keptPair } from './kept-pair.ts';
import { makePair } from './made-pair.ts';
import { hostOfOwnPair } from './own-pair.ts';
import type { TlsOption, TlsPair } from './tls-option.ts';

export interface ServerTls {
  readonly pair: TlsPair;
  /** The host for which the certificate is: that of the printed address. */
  readonly host: string;
  /** What clients are to trust, as PEM, and the file that has it. Of a certificate of the user's own neither is known. */
  readonly ca?: string;
  readonly caFile?: string;
}

export async function tlsFor(
  option: TlsOption,
  host: string | undefined,
  allowedHosts: readonly string[] = [],
): Promise<ServerTls> {
  const hosts = hostsOf(host, allowedHosts);
  const now = machineNow();
  if (option !== true && 'cert' in option) {
    const { cert, key } = option;
    return { pair: { cert, key }, host: hostOfOwnPair({ cert, key }, hosts, now) };
  }
  const make = () => makePair(hosts, now, () => machineEntropy(32));
  const { ca, cert, key, ...kept } = option === true ? make() : await keptPair(option.directory, hosts, now, make);
  return { pair: { cert, key }, host: hosts[0] ?? 'localhost', ca, ...kept };
}
