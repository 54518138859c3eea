// What of an X.509 certificate a chain of attestation needs. RFC 5280 section 4.1; P-384 keys and ECDSA with SHA-384 only (RFC 5480, RFC 5758).

import { AsnConvert } from '@peculiar/asn1-schema';
import {
  BasicConstraints,
  Certificate as CertificateInfo,
  type Extension,
  id_ce_basicConstraints,
  id_ce_keyUsage,
  KeyUsage,
  KeyUsageFlags,
  type Name,
} from '@peculiar/asn1-x509';
import { isOneElement } from './der.ts';
import { attempt } from './fault.ts';
import { pointLength } from './p384.ts';

export interface Certificate {
  readonly der: Uint8Array;
  /** Names as DER: the same name is the same bytes. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** Milliseconds since the epoch; both ends belong to it. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicPoint: Uint8Array;
  readonly isAuthority: boolean;
  readonly pathLength: number | undefined;
  readonly mayCertify: boolean;
  readonly maySign: boolean;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

export const ecdsaWithSha384 = '1.2.840.10045.4.3.3';
export const ecPublicKey = '1.2.840.10045.2.1';
/** secp384r1, 1.3.132.0.34, as DER: RFC 5480 section 2.1.1.1. */
export const secp384r1: Uint8Array = Uint8Array.of(0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22);

/** RFC 5280 section 4.2: a critical extension that is not understood must not be passed over. These two are. */
const understood: readonly string[] = [id_ce_basicConstraints, id_ce_keyUsage];
const version3 = 2;

/** Undefined: no such certificate. */
export function readCertificate(der: Uint8Array): Certificate | undefined {
  return isOneElement(der) ? attempt(() => certificateOf(der)) : undefined;
}

function certificateOf(der: Uint8Array): Certificate | undefined {
  const info = AsnConvert.parse(der, CertificateInfo);
  const { signatureAlgorithm, signatureValue, tbsCertificate, tbsCertificateRaw } = info;
  const { extensions, subjectPublicKeyInfo: key, validity, version } = tbsCertificate;
  if (version !== version3 || tbsCertificateRaw === undefined) return undefined;
  for (const { algorithm, parameters } of [signatureAlgorithm, tbsCertificate.signature])
    if (algorithm !== ecdsaWithSha384 || parameters !== undefined) return undefined;
  if (key.algorithm.algorithm !== ecPublicKey || !isP384(key.algorithm.parameters)) return undefined;
  const publicPoint = new Uint8Array(key.subjectPublicKey);
  if (publicPoint.length !== pointLength) return undefined;
  const abilities = abilitiesOf(extensions ?? []);
  return (
    abilities && {
      der,
      issuer: nameBytes(tbsCertificate.issuer),
      subject: nameBytes(tbsCertificate.subject),
      notBefore: validity.notBefore.getTime().getTime(),
      notAfter: validity.notAfter.getTime().getTime(),
      publicPoint,
      ...abilities,
      signed: new Uint8Array(tbsCertificateRaw),
      signature: new Uint8Array(signatureValue),
    }
  );
}

function isP384(parameters: ArrayBuffer | null | undefined): boolean {
  return parameters != null && equalBytes(new Uint8Array(parameters), secp384r1);
}

function nameBytes(name: Name): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(name));
}

export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

type Abilities = Pick<Certificate, 'isAuthority' | 'pathLength' | 'mayCertify' | 'maySign'>;

function abilitiesOf(extensions: readonly Extension[]): Abilities | undefined {
  const byId = new Map(extensions.map((extension) => [extension.extnID, extension]));
  // Section 4.2: none comes twice.
  if (byId.size !== extensions.length) return undefined;
  if (extensions.some(({ critical, extnID }) => critical && !understood.includes(extnID))) return undefined;
  const constraints = contentOf(byId.get(id_ce_basicConstraints), BasicConstraints);
  // Section 4.2.1.3: without the extension the use of a key is not limited. These certificates have it, so it is asked for.
  const usage = contentOf(byId.get(id_ce_keyUsage), KeyUsage)?.toNumber() ?? 0;
  return {
    isAuthority: constraints?.cA === true,
    pathLength: constraints?.pathLenConstraint,
    mayCertify: (usage & KeyUsageFlags.keyCertSign) !== 0,
    maySign: (usage & KeyUsageFlags.digitalSignature) !== 0,
  };
}

function contentOf<Value>(extension: Extension | undefined, form: new () => Value): Value | undefined {
  return extension && AsnConvert.parse(extension.extnValue.buffer, form);
}
