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
/** What takes the place of the first, for the moment until it does. */
const nextFile = 'kmsim-server.pem.next';

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
  const goodIn = async (name: string): Promise<MadePair | undefined> => {
    const there = await files.read(name);
    // What kmsim has not written is not replaced.
    const pair = there === undefined ? undefined : pairIn(there.text, files.path(name));
    return pair !== undefined && there?.isPrivate && isGood(pair, hosts, now) ? pair : undefined;
  };
  const pair = (await goodIn(serverFile)) ?? (await written(files, make(), goodIn));
  const ca = await files.read(caFile);
  if (ca !== undefined && !isOurs(ca.text)) throw notOurs(files.path(caFile));
  if (ca?.text !== pair.ca) await files.replace(caFile, pair.ca, 0o644);
  return { ...pair, caFile: files.path(caFile) };
}

/**
 * Ours, or that of another server which was started at the same time and was faster. Of those that replace one the first lays down what all of them
 * put there. It is taken away after that alone: who then lays down another looks once more, and finds that it is done.
 */
async function written(
  files: KeptFiles,
  own: MadePair,
  goodIn: (name: string) => Promise<MadePair | undefined>,
): Promise<MadePair> {
  if (await files.create(serverFile, textOf(own))) return own;
  const next = (await files.create(nextFile, textOf(own))) ? own : await goodIn(nextFile);
  const done = await goodIn(serverFile);
  const pair = done ?? next ?? own;
  if (done === undefined) await files.replace(serverFile, textOf(pair), 0o600);
  await files.remove(nextFile);
  return pair;
}

const textOf = ({ ca, cert, key }: MadePair): string => key + cert + ca;

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
