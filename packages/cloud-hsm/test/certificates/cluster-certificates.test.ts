// The certificates of a cluster, with OpenSSL as the judge, and those that a customer brings.

import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { openssl, opensslAbsent, opensslReason } from '../../../hsm-core/test/openssl-command.ts';
import { CloudHsmCluster } from '../../src/cluster.ts';
import { bytes, good, kmsSession, launched, now, options, passwords, zones } from '../clusters.ts';

function uninitialized(change: Parameters<typeof options>[0] = {}): CloudHsmCluster {
  const cluster = CloudHsmCluster.create(options(change));
  good(cluster.createHsm(zones[0]));
  return cluster;
}

describe('certificates of our own', () => {
  test('node:crypto reads them, and the trust anchor signed both', () => {
    const cluster = launched();
    const anchor = new X509Certificate(cluster.trustAnchor);
    const signed = new X509Certificate(cluster.signedCertificate);
    expect(anchor.ca).toBe(true);
    expect(signed.ca).toBe(false);
    expect(anchor.verify(anchor.publicKey)).toBe(true);
    expect(signed.verify(anchor.publicKey)).toBe(true);
    expect(signed.verify(signed.publicKey)).toBe(false);
    expect(signed.subject).toContain(cluster.id);
    expect(anchor.issuer).toBe(anchor.subject);
    expect(signed.issuer).toBe(anchor.subject);
    expect(new Date(anchor.validFrom).getTime()).toBe(now);
    expect(new Date(anchor.validTo).getTime()).toBe(now + 3652 * 86_400_000);
    expect(BigInt(`0x${anchor.serialNumber}`)).not.toBe(BigInt(`0x${signed.serialNumber}`));
  });

  test('after 2049 the year has four digits', () => {
    const late = Date.UTC(2060, 5, 1, 12, 30, 15, 999);
    const { validFrom } = new X509Certificate(launched({ now: late }).trustAnchor);
    expect(new Date(validFrom).getTime()).toBe(late - 999);
  });

  test('every cluster has others, and always the same', () => {
    const anchors = [1, 2, 3].map((seed) => launched({ random: bytes(32, seed) }).trustAnchor);
    expect(new Set(anchors).size).toBe(3);
    expect(launched({ random: bytes(32, 1) }).trustAnchor).toBe(anchors[0]);
    expect(launched({ random: bytes(32, 1), id: 'cluster-1a23b4cdefg' }).trustAnchor).not.toBe(anchors[0]);
  });

  test('there are none before the cluster is initialized, but a signing request', () => {
    const cluster = uninitialized();
    expect([cluster.trustAnchor, cluster.signedCertificate]).toEqual(['', '']);
    expect(cluster.certificateSigningRequest).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----\n[\w+/=\n]+-----END/);
    cluster.initialize();
    expect(new X509Certificate(cluster.trustAnchor).ca).toBe(true);
  });
});

describe.skipIf(opensslAbsent)(`OpenSSL${opensslReason}`, () => {
  const text = new TextEncoder();

  test('verifies the chain strictly, and the signing request', () => {
    const cluster = launched();
    const files = { ca: text.encode(cluster.trustAnchor), cert: text.encode(cluster.signedCertificate) };
    const at = String(now / 1000 + 60);
    expect(openssl(['verify', '-x509_strict', '-attime', at, '-CAfile', 'ca', 'cert'], files)).toMatchObject({
      accepted: true,
    });
    expect(openssl(['verify', '-x509_strict', '-attime', at, '-CAfile', 'ca', 'ca'], files)).toMatchObject({
      accepted: true,
    });
    const request = openssl(['req', '-in', 'csr', '-noout', '-verify', '-subject'], {
      csr: text.encode(cluster.certificateSigningRequest),
    });
    expect(request.accepted).toBe(true);
    expect(request.output.toString()).toContain(cluster.id);
  });

  // As https://docs.aws.amazon.com/cloudhsm/latest/userguide/initialize-cluster.html has it: a key, a self-signed certificate, the
  // cluster's certificate signed with it.
  function customer(algorithm: readonly string[]) {
    const key = openssl(['genpkey', ...algorithm]).output;
    const ca = openssl(['req', '-new', '-x509', '-days', '3652', '-key', 'key', '-subj', '/CN=customer'], {
      key,
    }).output;
    const sign = (request: string, ...digest: readonly string[]): string =>
      openssl(
        ['x509', '-req', '-days', '3652', ...digest, '-in', 'csr', '-CA', 'ca', '-CAkey', 'key', '-set_serial', '7'],
        {
          csr: text.encode(request),
          ca,
          key,
        },
      ).output.toString();
    return { trustAnchor: ca.toString(), sign };
  }

  const algorithms = {
    'RSA-2048': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
    'P-256': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    'P-384': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
    Ed25519: ['-algorithm', 'ED25519'],
  };
  const customers = new Map<string, ReturnType<typeof customer>>();
  beforeAll(() => {
    for (const [name, algorithm] of Object.entries(algorithms)) customers.set(name, customer(algorithm));
  });

  test.each([
    ['RSA-2048', '-sha256'],
    ['RSA-2048', '-sha384'],
    ['RSA-2048', '-sha512'],
    ['P-256', '-sha256'],
    ['P-384', '-sha384'],
  ] as const)('a customer with a key of %s signs with %s, and the cluster takes it', (name, digest) => {
    const cluster = uninitialized();
    const { trustAnchor, sign } = good(customers.get(name));
    const signedCertificate = sign(cluster.certificateSigningRequest, digest);
    expect(cluster.initialize({ trustAnchor, signedCertificate })).toBeUndefined();
    expect(cluster.trustAnchor).toBe(trustAnchor);
    expect(cluster.signedCertificate).toBe(signedCertificate);
    cluster.activate(passwords.admin);
    const again = CloudHsmCluster.restore(cluster.record(bytes(32)), bytes(32));
    expect(again?.trustAnchor).toBe(trustAnchor);
  });

  test('certificates that do not belong together are refused, and nothing has happened', () => {
    const cluster = uninitialized();
    const other = uninitialized({ random: bytes(32, 9) });
    const [one, two, edwards] = ['RSA-2048', 'P-256', 'Ed25519'].map((name) => good(customers.get(name)));
    if (one === undefined || two === undefined || edwards === undefined) expect.fail('no customer');
    const { trustAnchor, sign } = one;
    const signedCertificate = sign(cluster.certificateSigningRequest);
    const refusals = [
      [{ trustAnchor: two.trustAnchor, signedCertificate }, 'BAD_SIGNATURE'],
      [{ trustAnchor, signedCertificate: sign(other.certificateSigningRequest) }, 'OTHER_KEY'],
      [{ trustAnchor, signedCertificate: trustAnchor }, 'OTHER_KEY'],
      [{ trustAnchor, signedCertificate: edwards.sign(cluster.certificateSigningRequest) }, 'UNSUPPORTED_ALGORITHM'],
      [{ trustAnchor, signedCertificate: '' }, 'MALFORMED_CERTIFICATE'],
      [{ trustAnchor: 'no certificate', signedCertificate }, 'MALFORMED_CERTIFICATE'],
      [
        { trustAnchor, signedCertificate: signedCertificate.replace(/\n[\w+/]{10}/, '\nAAAAAAAAAA') },
        'MALFORMED_CERTIFICATE',
      ],
      [{ trustAnchor, signedCertificate: cluster.certificateSigningRequest }, 'MALFORMED_CERTIFICATE'],
    ] as const;
    for (const [given, fault] of refusals)
      expect([cluster.initialize(given), cluster.state]).toEqual([fault, 'UNINITIALIZED']);
    expect(cluster.initialize({ trustAnchor, signedCertificate })).toBeUndefined();
  });
});

test('the certificates of a cluster made from a backup are those of the first', () => {
  const cluster = launched();
  const backup = good(cluster.backup());
  const next = CloudHsmCluster.fromBackup(backup, options({ random: bytes(32, 50) }));
  expect(next.id).not.toBe(cluster.id);
  expect(next.trustAnchor).toBe(cluster.trustAnchor);
  good(next.createHsm(zones[1]));
  expect(kmsSession(next).isOpen).toBe(true);
});
