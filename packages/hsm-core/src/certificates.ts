// The entry @kmsim/hsm-core/certificates: what X.509 needs of keys and DER, without a library to wait for.

export { plainEc } from './backend/ec-plain.ts';
export { portableRsa } from './backend/rsa-portable.ts';
export {
  bits,
  type DerReader,
  element,
  explicit,
  type Hex,
  implicit,
  integer,
  octetString,
  readStrictly,
  sequence,
  tag,
  toBytes,
} from './der/element.ts';
export { keyAlgorithms, objectIdentifier } from './der/key-algorithms.ts';
export { readSpki } from './der.ts';
export { curves } from './ecc/curves.ts';
export { sign, verifyWithPublicKey } from './ecc/ecdsa.ts';
export { EccPrivateKey, grow, spki, toPkcs8 } from './ecc/key.ts';
export { fromSpki as rsaFromSpki } from './rsa/key.ts';
export { verifyPkcs1 } from './rsa/pkcs1.ts';
export type { CertificateContent, Subject, Validity } from './x509/certificate.ts';
export { serialOf, writeCertificate, writeSigningRequest } from './x509/certificate.ts';
export type { HostNames } from './x509/extensions.ts';
export {
  authorityKeyIdentifier,
  basicConstraints,
  keyIdentifier,
  keyUsage,
  nameConstraints,
  serverAuthentication,
  subjectAltName,
  subjectKeyIdentifier,
} from './x509/extensions.ts';
