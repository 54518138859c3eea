// Makes the certificates of a test authority, in the form of the real ones. RFC 5280 section 4.

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate as CertificateInfo,
  Extension,
  Extensions,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';
import { ecdsaWithSha384, ecPublicKey, secp384r1 } from './certificate.ts';
import type { SigningKey } from './p384.ts';

export interface CertificatePlan {
  /** Common names. */
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly key: SigningKey;
  readonly issuerKey: SigningKey;
  /** Of a certificate that may certify: how many more may follow; no end when null. Absent: it signs documents. */
  readonly pathLength?: number | null;
}

// X.520: organizationName and commonName.
const organization = '2.5.4.10';
const commonName = '2.5.4.3';
const { cRLSign, digitalSignature, keyCertSign, nonRepudiation } = KeyUsageFlags;

/** 9999-12-31T23:59:59Z, which says that there is no end: RFC 5280 section 4.1.2.5. */
export const endOfTime = 253_402_300_799_000;

export function makeCertificate(plan: CertificatePlan): Uint8Array {
  const { issuer, issuerKey, key, notAfter, notBefore, subject } = plan;
  const signature = new AlgorithmIdentifier({ algorithm: ecdsaWithSha384 });
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    signature,
    issuer: nameOf(issuer),
    validity: new Validity({ notBefore: new Date(notBefore), notAfter: new Date(Math.min(notAfter, endOfTime)) }),
    subject: nameOf(subject),
    subjectPublicKeyInfo: new SubjectPublicKeyInfo({
      algorithm: new AlgorithmIdentifier({ algorithm: ecPublicKey, parameters: buffer(secp384r1) }),
      subjectPublicKey: buffer(key.publicPoint),
    }),
    extensions: new Extensions(extensionsOf(plan)),
  });
  // The number follows from the rest, so that two certificates with one number are the same.
  const serial = hmac(sha256, key.publicPoint, bytesOf(tbsCertificate)).slice(0, 16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  tbsCertificate.serialNumber = buffer(serial);
  const signatureValue = buffer(issuerKey.sign(bytesOf(tbsCertificate), 'der'));
  return bytesOf(new CertificateInfo({ tbsCertificate, signatureAlgorithm: signature, signatureValue }));
}

function extensionsOf({ issuerKey, key, pathLength }: CertificatePlan): Extension[] {
  const cA = pathLength !== undefined;
  const constraints = { cA, ...(typeof pathLength === 'number' && { pathLenConstraint: pathLength }) };
  const usage = cA ? digitalSignature | keyCertSign | cRLSign : digitalSignature | nonRepudiation;
  return [
    extension(id_ce_basicConstraints, true, new BasicConstraints(constraints)),
    extension(id_ce_keyUsage, true, new KeyUsage(usage)),
    extension(id_ce_subjectKeyIdentifier, false, identifierOf(key)),
    extension(
      id_ce_authorityKeyIdentifier,
      false,
      new AuthorityKeyIdentifier({ keyIdentifier: identifierOf(issuerKey) }),
    ),
  ];
}

function extension(extnID: string, critical: boolean, value: unknown): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

/** RFC 7093 section 2, method 1. */
function identifierOf({ publicPoint }: SigningKey): SubjectKeyIdentifier {
  return new SubjectKeyIdentifier(sha256(publicPoint).slice(0, 20));
}

function nameOf(name: string): Name {
  return new Name([attribute(organization, 'kmsim'), attribute(commonName, name)]);
}

function attribute(type: string, utf8String: string): RelativeDistinguishedName {
  const value = new AttributeValue({ utf8String });
  return new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value })]);
}

function bytesOf(value: unknown): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(value));
}

function buffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
