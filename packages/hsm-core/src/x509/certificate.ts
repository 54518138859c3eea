// Certificates and signing requests with ECDSA keys, written as DER. RFC 5280 section 4, RFC 2986 section 4.

import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { plainEc } from '../backend/ec-plain.ts';
import { bits, element, explicit, type Hex, integer, sequence, tag, toBytes } from '../der/element.ts';
import { objectIdentifier } from '../der/key-algorithms.ts';
import { sign } from '../ecc/ecdsa.ts';
import { type EccPrivateKey, spki } from '../ecc/key.ts';

const utf8StringTag = 0x0c;
const setTag = 0x31;
const utcTimeTag = 0x17;
const generalizedTimeTag = 0x18;

// RFC 5758 section 3.2: no parameters.
const ecdsaWithSha256: Hex = sequence(objectIdentifier('1.2.840.10045.4.3.2'));

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
  readonly extensions: readonly Hex[];
}

function name({ organization, unit, commonName }: Subject): Hex {
  const attribute = (type: string, value: string): Hex =>
    element(setTag, sequence(objectIdentifier(type), element(utf8StringTag, bytesToHex(utf8ToBytes(value)))));
  return sequence(attribute('2.5.4.10', organization), attribute('2.5.4.11', unit), attribute('2.5.4.3', commonName));
}

// Section 4.1.2.5: up to 2049 with two digits of the year. Seconds, and the zone is Z.
function time(instant: number): Hex {
  const digits = new Date(Math.floor(instant / 1000) * 1000).toISOString().replace(/[-:T]|\.000/g, '');
  const isShort = digits < '2050';
  return element(
    isShort ? utcTimeTag : generalizedTimeTag,
    bytesToHex(utf8ToBytes(isShort ? digits.slice(2) : digits)),
  );
}

function signed(content: Hex, key: EccPrivateKey): Uint8Array {
  const digest = plainEc.hashes['SHA-256'].digest(toBytes(content));
  return toBytes(sequence(content, ecdsaWithSha256, element(tag.bitString, bits(sign(key, digest)))));
}

const dayInMilliseconds = 86_400_000;

export function writeCertificate(content: CertificateContent, issuerKey: EccPrivateKey): Uint8Array {
  const { serial, issuer, subject, validity, publicKey, extensions } = content;
  return signed(
    sequence(
      element(explicit(0), integer(2n)),
      integer(BigInt(`0x${bytesToHex(serial)}`)),
      ecdsaWithSha256,
      name(issuer),
      sequence(time(validity.from), time(validity.from + validity.days * dayInMilliseconds)),
      name(subject),
      bytesToHex(publicKey),
      element(explicit(3), sequence(...extensions)),
    ),
    issuerKey,
  );
}

export function writeSigningRequest(subject: Subject, key: EccPrivateKey): Uint8Array {
  return signed(sequence(integer(0n), name(subject), bytesToHex(spki(key)), element(explicit(0))), key);
}

/** A serial number that is positive and has at most 16 bytes. */
export function serialOf(bytes: Uint8Array): Uint8Array {
  const serial = bytes.slice(0, 16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}
