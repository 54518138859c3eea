// Certificates: what is read of them, and which are none. OpenSSL reads the made ones, too.

import { X509Certificate } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { Certificate as CertificateInfo, Extension, Version } from '@peculiar/asn1-x509';
import { describe, expect, test } from 'vitest';
import { openssl, opensslAbsent, opensslReason } from '../../hsm-core/test/openssl-command.ts';
import { readCertificate } from '../src/certificate.ts';
import { endOfTime } from '../src/make-certificate.ts';
import { writePem } from '../src/roots.ts';
import { AttestationVerifier } from '../src/verifier.ts';
import { chainOf, documentOf, hourMs, keyOf, madeDocument, now, parsed } from './documents.ts';

const [root = expect.fail(), leaf = expect.fail()] = chainOf({ pathLength: 3 }, {});

function altered(der: Uint8Array, alter: (info: CertificateInfo) => void): Uint8Array {
  const info = AsnConvert.parse(der, CertificateInfo);
  alter(info);
  return new Uint8Array(AsnConvert.serialize(info));
}

function replaced(der: Uint8Array, from: string, to: string): Uint8Array {
  const hex = Buffer.from(der).toString('hex');
  expect(hex).toContain(from);
  return Uint8Array.from(Buffer.from(hex.replaceAll(from, to), 'hex'));
}

test('an authority and a signer are read', () => {
  const second = Math.floor(now / 1000) * 1000;
  const times = { notBefore: second - hourMs, notAfter: second + hourMs };
  expect(readCertificate(root)).toMatchObject({ ...times, isAuthority: true, pathLength: 3, mayCertify: true });
  expect(readCertificate(leaf)).toMatchObject({
    ...times,
    isAuthority: false,
    pathLength: undefined,
    mayCertify: false,
    maySign: true,
    publicPoint: keyOf('k1').publicPoint,
    issuer: readCertificate(root)?.subject,
  });
});

test.each([0, endOfTime, Date.UTC(2049, 11, 31, 23, 59, 59), Date.UTC(2050, 0, 1)])(
  'the instant %i is read as it was written',
  (at) => {
    const [, certificate = expect.fail()] = chainOf({}, { notBefore: at, notAfter: at });
    expect(readCertificate(certificate)).toMatchObject({ notBefore: at, notAfter: at });
    expect(Date.parse(new X509Certificate(certificate).validFrom)).toBe(at);
  },
);

describe('none is', () => {
  const unknown = (critical: boolean): Extension =>
    new Extension({ extnID: '2.5.29.54', critical, extnValue: new OctetString([2, 1, 0]) });

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['a certificate cut short', leaf.slice(0, -1)],
    ['a certificate with something behind it', Uint8Array.of(...leaf, 0)],
    ['a key of secp256k1', replaced(leaf, '06052b81040022', '06052b8104000a')],
    ['a key of P-256', replaced(leaf, '06052b81040022', '06052b81040021')],
    ['a signature with SHA-256', replaced(leaf, '2a8648ce3d040303', '2a8648ce3d040302')],
    [
      'an outer algorithm that is another one',
      altered(leaf, (info) => {
        info.signatureAlgorithm.algorithm = '1.2.840.10045.4.3.2';
      }),
    ],
    [
      'parameters where none belong',
      altered(leaf, (info) => {
        info.signatureAlgorithm.parameters = null;
      }),
    ],
    [
      'a version without extensions',
      altered(leaf, (info) => {
        info.tbsCertificate.version = Version.v2;
      }),
    ],
    [
      'a compressed point',
      altered(leaf, (info) => {
        info.tbsCertificate.subjectPublicKeyInfo.subjectPublicKey = new ArrayBuffer(49);
      }),
    ],
    [
      'a critical extension nobody knows',
      altered(leaf, (info) => {
        info.tbsCertificate.extensions?.push(unknown(true));
      }),
    ],
    [
      'an extension that comes twice',
      altered(leaf, (info) => {
        info.tbsCertificate.extensions?.push(unknown(false), unknown(false));
      }),
    ],
  ])('%s', (_, der) => {
    expect(readCertificate(der)).toBeUndefined();
  });
});

test('an extension that is not critical is passed over', () => {
  const more = altered(leaf, (info) => {
    info.tbsCertificate.extensions?.push(new Extension({ extnID: '2.5.29.54', extnValue: new OctetString([2, 1, 0]) }));
  });
  expect(readCertificate(more)).toMatchObject({ maySign: true });
});

test('without the extension for it a key is for nothing', () => {
  const bare = altered(leaf, (info) => {
    info.tbsCertificate.extensions = undefined as never;
  });
  expect(readCertificate(bare)).toMatchObject({ maySign: false, mayCertify: false, isAuthority: false });
});

test('a chain of another curve signs no document', () => {
  const wrong = [root, replaced(leaf, '06052b81040022', '06052b8104000a')];
  expect(new AttestationVerifier([root]).verify(documentOf(wrong, keyOf('k1')), now)).toMatchObject({
    code: 'invalid certificate',
  });
});

describe.skipIf(opensslAbsent)(`OpenSSL${opensslReason}`, () => {
  test('finds the path of a made document good at its time, and not after it', () => {
    const { caBundle, certificate } = parsed(madeDocument());
    const pem = (...der: readonly Uint8Array[]): Uint8Array => Buffer.from(der.map(writePem).join(''));
    const files = { root: pem(...caBundle.slice(0, 1)), between: pem(...caBundle.slice(1)), leaf: pem(certificate) };
    const verify = (at: number): boolean =>
      openssl(
        [
          'verify',
          '-x509_strict',
          '-attime',
          String(Math.floor(at / 1000)),
          '-CAfile',
          'root',
          '-untrusted',
          'between',
          'leaf',
        ],
        files,
      ).accepted;
    expect([now - 2000, now, now + 3 * hourMs - 2000, now + 3 * hourMs + 2000].map(verify)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
