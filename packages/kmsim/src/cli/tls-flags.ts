// The flags of `kmsim serve` that make it speak HTTPS.

import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { TlsOption } from '../tls/tls-option.ts';
import { textIn } from './input-files.ts';

/** What commander makes of them. */
export interface TlsFlags {
  readonly tls?: true | string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

export function addTlsFlags(command: Command): Command {
  return command
    .option(
      '--tls [directory]',
      'speak HTTPS, with a certificate that is made, kept there and used again; ~/.kmsim/tls unless given: docs/https.md',
    )
    .option('--tls-cert <file>', 'speak HTTPS with your own certificate, in PEM; with --tls-key')
    .option('--tls-key <file>', 'its private key in PEM');
}

export async function tlsOf({ tls, tlsCert, tlsKey }: TlsFlags): Promise<TlsOption | undefined> {
  const isOwn = tlsCert !== undefined || tlsKey !== undefined;
  if (isOwn && tls !== undefined)
    throw new Error('--tls makes a certificate, and --tls-cert brings one: give one of them.');
  if (tls !== undefined) return { directory: tls === true ? join(homedir(), '.kmsim', 'tls') : tls };
  if (tlsCert !== undefined && tlsKey !== undefined)
    return { cert: await pemIn('--tls-cert', tlsCert), key: await pemIn('--tls-key', tlsKey) };
  if (isOwn) throw new Error('--tls-cert and --tls-key go together.');
  return undefined;
}

async function pemIn(flag: string, path: string): Promise<string> {
  const text = await textIn(path);
  if (!text.includes('-----BEGIN ')) throw new Error(`${flag}: there is no PEM (-----BEGIN ...) in ${path}.`);
  return text;
}
