// The certificates of a cluster: its signing request, the certificate that the customer signs, and the customer's own, the trust anchor.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/initialize-cluster.html

import { type Backend, equalBytes } from '@kmsim/hsm-core';
import {
  authorityKeyIdentifier,
  basicConstraints,
  curves,
  type EccPrivateKey,
  grow,
  keyIdentifier,
  keyUsage,
  plainEc,
  type Subject,
  serialOf,
  spki,
  subjectKeyIdentifier,
  writeCertificate,
  writeSigningRequest,
} from '@kmsim/hsm-core/certificates';
import { fromHex, hex } from '../encoding.ts';
import { toPem } from './pem.ts';
import { isSignedBy, readCertificate } from './read.ts';

/** What a customer brings, as PEM. */
export interface GivenCertificates {
  /** The cluster's certificate, made from its signing request. */
  readonly signedCertificate: string;
  /** The certificate of who signed it: customerCA.crt. */
  readonly trustAnchor: string;
}

/** Why certificates are refused. */
export type CertificateFault = 'MALFORMED_CERTIFICATE' | 'OTHER_KEY' | 'BAD_SIGNATURE' | 'UNSUPPORTED_ALGORITHM';

export interface CertificatesRecord {
  readonly clusterId: string;
  /** 32 bytes from which keys and serial numbers are made, as hexadecimal digits: a secret. */
  readonly seed: string;
  /** When it was initialized, in milliseconds. */
  readonly at: number;
  readonly given?: GivenCertificates;
}

// The command of the guide says `-days 3652`.
const days = 3652;

/** Certificates are made when somebody first looks at them: each takes some milliseconds. */
export class ClusterCertificates {
  readonly #backend: Backend;
  readonly #record: CertificatesRecord;
  #request: string | undefined;
  #made: GivenCertificates | undefined;

  constructor(backend: Backend, record: CertificatesRecord) {
    this.#backend = backend;
    this.#record = record;
    this.#made = record.given;
  }

  record(): CertificatesRecord {
    return this.#record;
  }

  /** PEM. The same as long as the cluster lives. */
  get signingRequest(): string {
    this.#request ??= toPem('CERTIFICATE REQUEST', writeSigningRequest(this.#clusterName, this.#key('cluster key')));
    return this.#request;
  }

  get trustAnchor(): string {
    return this.#certificates.trustAnchor;
  }

  get signedCertificate(): string {
    return this.#certificates.signedCertificate;
  }

  /** Initialized at an instant, with certificates that somebody brings or with ones of our own. */
  initialized(at: number, given?: GivenCertificates): ClusterCertificates | CertificateFault {
    if (given !== undefined) {
      const fault = this.#faultOf(given);
      if (fault !== undefined) return fault;
    }
    return new ClusterCertificates(this.#backend, { ...this.#record, at, ...(given && { given }) });
  }

  /** Without the secret that keys and certificates are made from: those that are made stay, and there will be no others. */
  withoutSecret(): ClusterCertificates {
    const given = this.#made ?? { trustAnchor: '', signedCertificate: '' };
    const left = new ClusterCertificates(this.#backend, { ...this.#record, seed: '', given });
    left.#request = this.#request ?? '';
    return left;
  }

  #faultOf(given: GivenCertificates): CertificateFault | undefined {
    const signed = readCertificate(given.signedCertificate);
    const anchor = readCertificate(given.trustAnchor);
    if (signed === undefined || anchor === undefined) return 'MALFORMED_CERTIFICATE';
    if (!equalBytes(signed.publicKey, spki(this.#key('cluster key')))) return 'OTHER_KEY';
    const isSigned = isSignedBy(signed, anchor.publicKey);
    if (isSigned === undefined) return 'UNSUPPORTED_ALGORITHM';
    return isSigned ? undefined : 'BAD_SIGNATURE';
  }

  get #clusterName(): Subject {
    return { organization: 'kmsim', unit: 'CloudHSM', commonName: this.#record.clusterId };
  }

  get #certificates(): GivenCertificates {
    this.#made ??= this.#make();
    return this.#made;
  }

  #make(): GivenCertificates {
    const issuer = { ...this.#clusterName, commonName: `customerCA of ${this.#record.clusterId}` };
    const authority = this.#key('customer CA key');
    const validity = { from: this.#record.at, days };
    const make = (subject: Subject, key: EccPrivateKey, isAuthority: boolean): string => {
      const serial = serialOf(this.#derive(`serial number of ${subject.commonName}`));
      const publicKey = spki(key);
      const extensions = [
        subjectKeyIdentifier(keyIdentifier(isAuthority ? key.publicPoint : publicKey)),
        authorityKeyIdentifier(keyIdentifier(authority.publicPoint)),
        ...(isAuthority ? [basicConstraints(), keyUsage('authority')] : []),
      ];
      const content = { serial, issuer, subject, validity, publicKey, extensions };
      return toPem('CERTIFICATE', writeCertificate(content, authority));
    };
    return {
      trustAnchor: make(issuer, authority, true),
      signedCertificate: make(this.#clusterName, this.#key('cluster key'), false),
    };
  }

  #derive(purpose: string): Uint8Array {
    return this.#backend.hmacSha256(fromHex(this.#record.seed))(new TextEncoder().encode(`kmsim CloudHSM ${purpose}`));
  }

  #key(purpose: string): EccPrivateKey {
    return grow(this.#derive(purpose), curves.ECC_NIST_P256, plainEc);
  }
}

export function certificatesFor(
  backend: Backend,
  clusterId: string,
  seed: Uint8Array,
  at: number,
): ClusterCertificates {
  return new ClusterCertificates(backend, { clusterId, seed: hex(seed), at });
}
