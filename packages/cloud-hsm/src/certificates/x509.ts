// Certificates and signing requests with ECDSA keys, written as DER. RFC 5280 section 4, RFC 2986 section 4.

import {
  bits,
  type EccPrivateKey,
  element,
  explicit,
  type Hex,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  plainEc,
  sequence,
  sign,
  spki,
  tag,
  toBytes,
} from '@kmsim/hsm-core/certificates';
import { hex } from '../encoding.ts';

const booleanTrue: Hex = element(0x01, 'ff');
const utf8StringTag = 0x0c;
const setTag = 0x31;
const utcTimeTag = 0x17;
const generalizedTimeTag = 0x18;

// RFC 5758 section 3.2: no parameters.
const ecdsaWithSha256: Hex = sequence(objectIdentifier('1.2.840.10045.4.3.2'));

function extension(oid: string, isCritical: boolean, value: Hex): Hex {
  return sequence(objectIdentifier(oid), ...(isCritical ? [booleanTrue] : []), octetString(toBytes(value)));
}

// RFC 7093 section 2, method 1: the leftmost 160 bits of the SHA-256 of the key.
function keyIdentifier(publicKey: Uint8Array): Uint8Array {
  return plainEc.hashes['SHA-256'].digest(publicKey).subarray(0, 20);
}

// RFC 5280 sections 4.2.1.2, 4.2.1.1, 4.2.1.9 and 4.2.1.3. The key of an authority signs certificates and revocation lists.
function extensions({ publicKey, isAuthority }: CertificateContent, issuerKey: EccPrivateKey): Hex {
  const issuerIdentifier = element(implicit(0), hex(keyIdentifier(issuerKey.publicPoint)));
  const own = octetString(keyIdentifier(isAuthority ? issuerKey.publicPoint : publicKey));
  return sequence(
    extension('2.5.29.14', false, own),
    extension('2.5.29.35', false, sequence(issuerIdentifier)),
    ...(isAuthority
      ? [
          extension('2.5.29.19', true, sequence(booleanTrue)),
          extension('2.5.29.15', true, element(tag.bitString, '0106')),
        ]
      : []),
  );
}

export interface Validity {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly days: number;
}

/** A distinguished name: organization, unit, common name. */
export interface Subject {
  readonly organization: string;
  readonly unit: string;
  readonly commonName: string;
}

export interface CertificateContent {
  /** At most 20 bytes (section 4.1.2.2). */
  readonly serial: Uint8Array;
  readonly issuer: Subject;
  readonly subject: Subject;
  readonly validity: Validity;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly isAuthority: boolean;
}

const text = new TextEncoder();

function name({ organization, unit, commonName }: Subject): Hex {
  const attribute = (type: string, value: string): Hex =>
    element(setTag, sequence(objectIdentifier(type), element(utf8StringTag, hex(text.encode(value)))));
  return sequence(attribute('2.5.4.10', organization), attribute('2.5.4.11', unit), attribute('2.5.4.3', commonName));
}

// Section 4.1.2.5: up to 2049 with two digits of the year. Seconds, and the zone is Z.
function time(instant: number): Hex {
  const digits = new Date(Math.floor(instant / 1000) * 1000).toISOString().replace(/[-:T]|\.000/g, '');
  const isShort = digits < '2050';
  return element(isShort ? utcTimeTag : generalizedTimeTag, hex(text.encode(isShort ? digits.slice(2) : digits)));
}

function signed(content: Hex, key: EccPrivateKey): Uint8Array {
  const digest = plainEc.hashes['SHA-256'].digest(toBytes(content));
  return toBytes(sequence(content, ecdsaWithSha256, element(tag.bitString, bits(sign(key, digest)))));
}

const dayInMilliseconds = 86_400_000;

export function writeCertificate(content: CertificateContent, issuerKey: EccPrivateKey): Uint8Array {
  const { serial, issuer, subject, validity, publicKey } = content;
  return signed(
    sequence(
      element(explicit(0), integer(2n)),
      integer(BigInt(`0x${hex(serial)}`)),
      ecdsaWithSha256,
      name(issuer),
      sequence(time(validity.from), time(validity.from + validity.days * dayInMilliseconds)),
      name(subject),
      hex(publicKey),
      element(explicit(3), extensions(content, issuerKey)),
    ),
    issuerKey,
  );
}

export function writeSigningRequest(subject: Subject, key: EccPrivateKey): Uint8Array {
  return signed(sequence(integer(0n), name(subject), hex(spki(key)), element(explicit(0))), key);
}

/** A serial number that is positive and has at most 16 bytes. */
export function serialOf(bytes: Uint8Array): Uint8Array {
  const serial = bytes.slice(0, 16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}
