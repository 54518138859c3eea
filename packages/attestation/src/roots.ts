// Roots of trust as people hand them over: DER, or PEM with one or more certificates (RFC 7468).

import { readCertificate } from './certificate.ts';
import { type AttestationFault, attempt, fault } from './fault.ts';

const block = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g;

/** The certificates as DER; each may certify, and there is at least one. */
export function readRoots(given: string | Uint8Array): readonly Uint8Array[] | AttestationFault {
  const found =
    typeof given === 'string' ? [...given.matchAll(block)].map(([, text = '']) => fromBase64(text)) : [given];
  const roots: Uint8Array[] = [];
  for (const der of found) {
    const root = der && readCertificate(Uint8Array.from(der));
    if (root === undefined) return fault('invalid certificate', 'It is no X.509 certificate of a P-384 key.');
    if (!root.isAuthority || !root.mayCertify) return fault('invalid certificate', 'It may not sign certificates.');
    roots.push(root.der);
  }
  return roots.length > 0 ? roots : fault('invalid certificate', 'There is no certificate in it.');
}

export function writePem(der: Uint8Array): string {
  const text = btoa(String.fromCharCode(...der)).replace(/.{1,64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${text}-----END CERTIFICATE-----\n`;
}

function fromBase64(text: string): Uint8Array | undefined {
  return attempt(() => Uint8Array.from(atob(text.replace(/\s/g, '')), (character) => character.charCodeAt(0)));
}
