// A certificate for a server and the authority that signed it. The key of the authority is forgotten at once, and its certificate is for these
// hosts alone: whoever trusts it trusts this one server.

import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import {
  authorityKeyIdentifier,
  basicConstraints,
  curves,
  grow,
  keyIdentifier,
  keyUsage,
  nameConstraints,
  plainEc,
  type Subject,
  serialOf,
  serverAuthentication,
  spki,
  subjectAltName,
  subjectKeyIdentifier,
  toPkcs8,
  writeCertificate,
} from '@kmsim/hsm-core/certificates';
import { addressOctets } from './host-names.ts';

/** All of it PEM. */
export interface MadePair {
  /** What clients are to trust. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

export const organization = 'kmsim';

// 398 days is the most that browsers take: CA/Browser Forum, Baseline Requirements, 6.3.2. Clocks differ, so it begins an hour ago.
const days = 397;
const hour = 3_600_000;

/** `draw` gives 32 bytes that nobody knows, for each of two keys. */
export function makePair(hosts: readonly string[], now: number, draw: () => Uint8Array): MadePair {
  const authority = grow(draw(), curves.ECC_NIST_P256, plainEc);
  const server = grow(draw(), curves.ECC_NIST_P256, plainEc);
  const names = {
    names: hosts.filter((host) => isIP(host) === 0),
    addresses: hosts.filter((host) => isIP(host) !== 0).map(addressOctets),
  };
  const serial = serialOf(digestOf(authority.publicPoint));
  // Two authorities of one name are told apart by nobody: each has its serial number in its own.
  const issuer = named(`kmsim CA ${Buffer.from(serial).toString('hex').slice(0, 8)}, not for real secrets`);
  const common = { issuer, validity: { from: now - hour, days } };
  const issuedBy = authorityKeyIdentifier(keyIdentifier(authority.publicPoint));
  const ca = writeCertificate(
    {
      ...common,
      serial,
      subject: issuer,
      publicKey: spki(authority),
      extensions: [
        subjectKeyIdentifier(keyIdentifier(authority.publicPoint)),
        issuedBy,
        basicConstraints(0),
        keyUsage('authority'),
        nameConstraints(names),
      ],
    },
    authority,
  );
  const cert = writeCertificate(
    {
      ...common,
      serial: serialOf(digestOf(server.publicPoint)),
      subject: named('kmsim server'),
      publicKey: spki(server),
      extensions: [
        subjectKeyIdentifier(keyIdentifier(server.publicPoint)),
        issuedBy,
        keyUsage('signatures'),
        serverAuthentication(),
        subjectAltName(names),
      ],
    },
    authority,
  );
  authority.erase();
  const key = createPrivateKey({ key: Buffer.from(toPkcs8(server)), format: 'der', type: 'pkcs8' });
  server.erase();
  return { ca: pem(ca), cert: pem(cert), key: String(key.export({ type: 'pkcs8', format: 'pem' })) };
}

const named = (commonName: string): Subject => ({ organization, unit: 'simulated AWS KMS', commonName });

const pem = (der: Uint8Array): string => new X509Certificate(der).toString();

function digestOf(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
