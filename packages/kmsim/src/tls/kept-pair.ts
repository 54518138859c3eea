// The certificate in a directory: made at the first start, used again while it is good, and made anew when it is not.

import { resolve } from 'node:path';
import { KmsimError } from '../kmsim-error.ts';
import { isFor } from './host-names.ts';
import { KeptFiles } from './kept-files.ts';
import { type MadePair, organization } from './made-pair.ts';
import { certificateIn, privateKeyIn, validityOf } from './read-pair.ts';

/** The key, the certificate and its authority: one file, so that they are replaced together. */
const serverFile = 'kmsim-server.pem';
const caFile = 'kmsim-ca.pem';

// A server may run for some days.
const leastLeft = 7 * 86_400_000;

export interface KeptPair extends MadePair {
  readonly caFile: string;
}

export async function keptPair(
  directory: string,
  hosts: readonly string[],
  now: number,
  make: () => MadePair,
): Promise<KeptPair> {
  const files = new KeptFiles(resolve(directory));
  await files.makeDirectory();
  const usable = (text: string | undefined): MadePair | undefined => {
    const pair = text === undefined ? undefined : pairIn(text, files.path(serverFile));
    return pair !== undefined && isGood(pair, hosts, now) ? pair : undefined;
  };
  const there = await files.read(serverFile);
  const good = there?.isPrivate ? usable(there.text) : undefined;
  // What kmsim has not written is not replaced.
  if (there !== undefined) pairIn(there.text, files.path(serverFile));
  const pair = good ?? (await written(files, there !== undefined, make(), usable));
  const ca = await files.read(caFile);
  if (ca !== undefined && !isOurs(ca.text)) throw notOurs(files.path(caFile));
  if (ca?.text !== pair.ca) await files.replace(caFile, pair.ca, 0o644);
  return { ...pair, caFile: files.path(caFile) };
}

/** Ours, or that of another server which was started at the same time and was faster. */
async function written(
  files: KeptFiles,
  isThere: boolean,
  pair: MadePair,
  usable: (text: string | undefined) => MadePair | undefined,
): Promise<MadePair> {
  const text = pair.key + pair.cert + pair.ca;
  if (!isThere) {
    if (await files.create(serverFile, text)) return pair;
    const faster = usable((await files.read(serverFile))?.text);
    if (faster !== undefined) return faster;
  }
  await files.replace(serverFile, text, 0o600);
  return pair;
}

const block = /-----BEGIN ([A-Z ]+)-----\n[\w+/=\n]+-----END \1-----\n/g;

function pairIn(text: string, path: string): MadePair {
  const [key = '', cert = '', ca = '', ...more] = text.match(block) ?? [];
  if (more.length > 0 || key + cert + ca !== text || !isOurs(cert) || !isOurs(ca)) throw notOurs(path);
  return { key, cert, ca };
}

function isOurs(pem: string): boolean {
  return certificateIn(pem)?.issuer.split('\n').includes(`O=${organization}`) ?? false;
}

function notOurs(path: string): KmsimError {
  return new KmsimError('CannotKeepCertificate', `${path} is not what kmsim writes there.`);
}

function isGood({ ca, cert, key }: MadePair, hosts: readonly string[], now: number): boolean {
  const [authority, server, secret] = [certificateIn(ca), certificateIn(cert), privateKeyIn(key)];
  if (authority === undefined || server === undefined || secret === undefined) return false;
  const lasts = [authority, server].every((certificate) => {
    const { from, to } = validityOf(certificate);
    return from <= now && now < to - leastLeft;
  });
  return (
    lasts &&
    server.checkPrivateKey(secret) &&
    server.checkIssued(authority) &&
    server.verify(authority.publicKey) &&
    hosts.every((host) => isFor(server, host))
  );
}
