// The path from a trusted root to the certificate that signs a document. RFC 5280 section 6.1; what is asked of each certificate:
// https://github.com/aws/aws-nitro-enclaves-nsm-api/blob/main/docs/attestation_process.md section 3.2.3. There is no revocation.

import { type Certificate, equalBytes, readCertificate } from './certificate.ts';
import type { AttestationDocument } from './document.ts';
import { type AttestationFault, fault } from './fault.ts';
import type { SignatureVerifier } from './p384.ts';

/** The root first, the one that signs the document last. */
export interface Path {
  readonly root: Certificate;
  readonly authorities: readonly Certificate[];
  readonly leaf: Certificate;
}

export function readPath({ caBundle, certificate }: AttestationDocument): Path | AttestationFault {
  const authorities: Certificate[] = [];
  for (const der of caBundle) {
    const authority = readCertificate(der);
    if (authority === undefined) return fault('invalid certificate', 'A certificate of the bundle cannot be read.');
    authorities.push(authority);
  }
  const leaf = readCertificate(certificate);
  const [root] = authorities;
  if (leaf === undefined || root === undefined)
    return fault('invalid certificate', 'The certificate that signs the document cannot be read.');
  return { root, authorities, leaf };
}

/** Undefined: everyone on the path may do what it does, and was signed by the one before it. When, is another question. */
export function checkPath(
  { authorities, leaf, root }: Path,
  roots: readonly Uint8Array[],
  signatures: SignatureVerifier,
): AttestationFault | undefined {
  // The root is trusted as it stands: nobody else could say that it is the root.
  if (!roots.some((trusted) => equalBytes(trusted, root.der)))
    return fault('untrusted root', 'The first certificate of the bundle is no trusted root.');
  for (const [at, { isAuthority, mayCertify, pathLength }] of authorities.entries()) {
    if (!isAuthority || !mayCertify)
      return fault('invalid certificate', 'A certificate of the bundle may not sign certificates.');
    // Section 4.2.1.9: how many may follow, not counting the last one.
    const following = authorities.length - 1 - at;
    if (pathLength !== undefined && following > pathLength)
      return fault('invalid certificate', 'The bundle is longer than one of its certificates allows.');
  }
  if (leaf.isAuthority || leaf.pathLength !== undefined || !leaf.maySign)
    return fault('invalid certificate', 'The certificate that signs the document is not made for signing documents.');
  const path = [...authorities, leaf];
  for (const [at, certificate] of path.entries()) {
    const issuer = path[at - 1];
    if (issuer === undefined) continue;
    if (!equalBytes(certificate.issuer, issuer.subject))
      return fault('invalid certificate', 'A certificate is not issued by the one before it.');
    if (!signatures.isGood(issuer.publicPoint, certificate.signed, certificate.signature, 'der'))
      return fault('invalid signature', 'A certificate is not signed by the one before it.');
  }
  return undefined;
}

/** Section 4.1.2.5: both ends belong to the time. */
export function checkTime({ authorities, leaf }: Path, at: number): AttestationFault | undefined {
  // Certificates count seconds.
  const second = Math.floor(at / 1000) * 1000;
  for (const { notAfter, notBefore } of [...authorities, leaf]) {
    if (second < notBefore) return fault('not yet valid', 'A certificate of the document is not valid yet.');
    if (second > notAfter) return fault('expired', 'A certificate of the document has expired.');
  }
  return undefined;
}
