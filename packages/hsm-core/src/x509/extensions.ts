// Extensions of certificates, written as DER: RFC 5280 section 4.2.1, by the number of each.

import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { plainEc } from '../backend/ec-plain.ts';
import { element, explicit, type Hex, implicit, integer, octetString, sequence, tag, toBytes } from '../der/element.ts';
import { objectIdentifier } from '../der/key-algorithms.ts';

const booleanTrue: Hex = element(0x01, 'ff');

function extension(oid: string, isCritical: boolean, value: Hex): Hex {
  return sequence(objectIdentifier(oid), ...(isCritical ? [booleanTrue] : []), octetString(toBytes(value)));
}

/** RFC 7093 section 2, method 1: the leftmost 160 bits of the SHA-256 of the key. */
export function keyIdentifier(publicKey: Uint8Array): Uint8Array {
  return plainEc.hashes['SHA-256'].digest(publicKey).subarray(0, 20);
}

// 4.2.1.1
export function authorityKeyIdentifier(identifier: Uint8Array): Hex {
  return extension('2.5.29.35', false, sequence(element(implicit(0), bytesToHex(identifier))));
}

// 4.2.1.2
export function subjectKeyIdentifier(identifier: Uint8Array): Hex {
  return extension('2.5.29.14', false, octetString(identifier));
}

// 4.2.1.3: a BIT STRING, which begins with how many bits of its last octet are unused.
const usages = { authority: '0106', signatures: '0780' } as const;

/** What a key may sign: certificates and revocation lists, or what is said in a handshake. */
export function keyUsage(usage: keyof typeof usages): Hex {
  return extension('2.5.29.15', true, element(tag.bitString, usages[usage]));
}

// 4.2.1.6
const dnsName = (name: string): Hex => element(implicit(2), bytesToHex(utf8ToBytes(name)));
const ipAddress = (octets: Uint8Array): Hex => element(implicit(7), bytesToHex(octets));

/** Names of hosts in ASCII, and addresses of 4 or 16 octets. */
export interface HostNames {
  readonly names: readonly string[];
  readonly addresses: readonly Uint8Array[];
}

export function subjectAltName({ addresses, names }: HostNames): Hex {
  return extension('2.5.29.17', false, sequence(...names.map(dnsName), ...addresses.map(ipAddress)));
}

// 4.2.1.9
/** Of who certifies. `pathLength`: how many more who certify may follow. */
export function basicConstraints(pathLength?: number): Hex {
  return extension(
    '2.5.29.19',
    true,
    sequence(booleanTrue, ...(pathLength === undefined ? [] : [integer(BigInt(pathLength))])),
  );
}

// 4.2.1.10: an address comes with its mask, here all of its bits.
/** Whoever certifies, certifies these hosts and no others. */
export function nameConstraints({ addresses, names }: HostNames): Hex {
  const bases = [
    ...names.map(dnsName),
    ...addresses.map((octets) => ipAddress(Uint8Array.from([...octets, ...octets.map(() => 0xff)]))),
  ];
  return extension('2.5.29.30', true, sequence(element(explicit(0), ...bases.map((base) => sequence(base)))));
}

// 4.2.1.12: id-kp-serverAuth.
export function serverAuthentication(): Hex {
  return extension('2.5.29.37', false, sequence(objectIdentifier('1.3.6.1.5.5.7.3.1')));
}
