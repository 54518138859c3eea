// Extensions as OpenSSL and Node read them, and that they bind.

import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  authorityKeyIdentifier,
  basicConstraints,
  curves,
  grow,
  type HostNames,
  keyIdentifier,
  keyUsage,
  nameConstraints,
  plainEc,
  serialOf,
  serverAuthentication,
  spki,
  subjectAltName,
  subjectKeyIdentifier,
  writeCertificate,
} from '../../src/certificates.ts';
import { openssl, opensslAbsent, opensslReason } from '../openssl-command.ts';

const key = (seed: number) => grow(new Uint8Array(32).fill(seed), curves.ECC_NIST_P256, plainEc);
const [authority, server] = [key(1), key(2)];
const name = (commonName: string) => ({ organization: 'test', unit: 'test', commonName });
const validity = { from: Date.UTC(2026, 0, 1), days: 30 };
const common = { issuer: name('authority'), validity };
const known = authorityKeyIdentifier(keyIdentifier(authority.publicPoint));

const hosts: HostNames = { names: ['localhost', 'kms.example.com'], addresses: [Uint8Array.of(127, 0, 0, 1)] };

function certificates(permitted: HostNames, served: HostNames) {
  const ca = writeCertificate(
    {
      ...common,
      serial: serialOf(new Uint8Array(16).fill(1)),
      subject: common.issuer,
      publicKey: spki(authority),
      extensions: [
        subjectKeyIdentifier(keyIdentifier(authority.publicPoint)),
        known,
        basicConstraints(0),
        keyUsage('authority'),
        nameConstraints(permitted),
      ],
    },
    authority,
  );
  const leaf = writeCertificate(
    {
      ...common,
      serial: serialOf(new Uint8Array(16).fill(2)),
      subject: name('server'),
      publicKey: spki(server),
      extensions: [
        subjectKeyIdentifier(keyIdentifier(server.publicPoint)),
        known,
        keyUsage('signatures'),
        serverAuthentication(),
        subjectAltName(served),
      ],
    },
    authority,
  );
  const pem = (der: Uint8Array): Uint8Array => new TextEncoder().encode(new X509Certificate(der).toString());
  return { ca: pem(ca), leaf: pem(leaf) };
}

test('Node finds the hosts, the usage and who issued', () => {
  const { ca, leaf } = certificates(hosts, hosts);
  const [root, certificate] = [new X509Certificate(ca), new X509Certificate(leaf)];
  expect([root.ca, certificate.ca]).toEqual([true, false]);
  expect(certificate.subjectAltName).toBe('DNS:localhost, DNS:kms.example.com, IP Address:127.0.0.1');
  // id-kp-serverAuth.
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(certificate.checkIssued(root)).toBe(true);
  expect(certificate.verify(root.publicKey)).toBe(true);
});

describe.skipIf(opensslAbsent)(`OpenSSL${opensslReason}`, () => {
  const at = String(validity.from / 1000 + 60);
  const verify = (permitted: HostNames, served: HostNames): boolean =>
    openssl(
      ['verify', '-x509_strict', '-purpose', 'sslserver', '-attime', at, '-CAfile', 'ca', 'leaf'],
      certificates(permitted, served),
    ).accepted;

  test('takes a certificate for what its authority may certify', () => {
    expect(verify(hosts, hosts)).toBe(true);
    expect(verify(hosts, { names: ['below.kms.example.com'], addresses: [] })).toBe(true);
  });

  test.each<[string, HostNames]>([
    ['another name', { names: ['localhost', 'www.example.com'], addresses: [] }],
    ['another address', { names: ['localhost'], addresses: [Uint8Array.of(127, 0, 0, 2)] }],
    ['an address of the other family', { names: [], addresses: [new Uint8Array(16)] }],
  ])('refuses %s', (_, served) => {
    expect(verify(hosts, served)).toBe(false);
  });

  test('says what it reads', () => {
    const { ca, leaf } = certificates(hosts, hosts);
    const text = openssl(['x509', '-in', 'ca', '-noout', '-text'], { ca }).output.toString();
    expect(text).toMatch(
      /Name Constraints: critical\s+Permitted:\s+DNS:localhost\s+DNS:kms\.example\.com\s+IP:127\.0\.0\.1\/255/,
    );
    expect(text).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign/);
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
    const served = openssl(['x509', '-in', 'leaf', '-noout', '-text'], { leaf }).output.toString();
    expect(served).toMatch(/Key Usage: critical\s+Digital Signature\n/);
    expect(served).toContain('TLS Web Server Authentication');
  });
});
