// An authority for tests: signs attestation documents as a Nitro Hypervisor does, under a root of its own. Nobody outside AWS can sign under the real one.

import { sha384 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { writeSign1 } from './cose-sign1.ts';
import { type AttestationDocument, type DocumentKind, readDocument, writeDocument } from './document.ts';
import { AttestationFault } from './fault.ts';
import { endOfTime, makeCertificate } from './make-certificate.ts';
import { type SigningKey, signingKey } from './p384.ts';
import { pcrLength } from './pcr.ts';

export interface DocumentPlan {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `enclave` when absent. */
  readonly kind?: DocumentKind | undefined;
  /** `i-...-enc...`, or `i-...-tpm...`: of this authority when absent. */
  readonly moduleId?: string | undefined;
  /** Registers by number, over those that a document has anyway. */
  readonly pcrs?: Readonly<Record<number, Uint8Array>> | undefined;
  /** An enclave in debug mode: all its registers are zero, whatever `pcrs` says. */
  readonly debug?: boolean | undefined;
  /** SubjectPublicKeyInfo of the recipient. */
  readonly publicKey?: Uint8Array | undefined;
  readonly userData?: Uint8Array | undefined;
  readonly nonce?: Uint8Array | undefined;
}

const secondMs = 1000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

// Real ones, seen in documents: a certificate of the Region for 20 days, of the zone for some days, of the instance for a day, of the document for three hours.
const regionDays = 20;
const leafHours = 3;

// What is measured and what stays zero. Enclaves: https://docs.aws.amazon.com/enclaves/latest/user/set-up-attestation.html
// Instances: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/nitrotpm-attestation-document-content.html
const registersOf: Readonly<Record<DocumentKind, { readonly count: number; readonly measured: readonly number[] }>> = {
  enclave: { count: 16, measured: [0, 1, 2, 3, 4] },
  nitrotpm: { count: 24, measured: [0, 1, 2, 3, 4, 5, 6, 7, 12] },
};

export class TestAuthority {
  /** The root certificate as DER. It is good for ever, so that a simulation's clock may stand anywhere. */
  readonly root: Uint8Array;
  readonly #secret: Uint8Array;
  readonly #name: string;
  readonly #keys = new Map<string, SigningKey>();

  /** `secret` is 32 bytes; the same bytes make the same authority. */
  constructor(secret: Uint8Array) {
    this.#secret = Uint8Array.from(secret);
    // Documents show it, so it must not tell the secret.
    this.#name = bytesToHex(sha384(this.#key('root').publicPoint));
    this.root = makeCertificate({
      subject: rootName,
      issuer: rootName,
      notBefore: 0,
      notAfter: endOfTime,
      key: this.#key('root'),
      issuerKey: this.#key('root'),
      pathLength: null,
    });
  }

  /** A signed document. A fault where it would break a rule of documents; the certificate is good for three hours. */
  document(plan: DocumentPlan): Uint8Array | AttestationFault {
    const { debug = false, kind = 'enclave', nonce, publicKey, userData } = plan;
    const at = Math.max(plan.at, 1);
    const moduleId = plan.moduleId ?? this.#moduleId(kind);
    const pcrs = this.#registers(kind, debug ? undefined : plan.pcrs, debug);
    const { bundle, leaf } = this.#certificates(moduleId, at);
    const content = { kind, moduleId, timestamp: at, pcrs, certificate: leaf, caBundle: bundle };
    const payload = writeDocument({ ...content, publicKey, userData, nonce } satisfies AttestationDocument);
    const wrong = readDocument(payload);
    if (wrong instanceof AttestationFault) return wrong;
    return this.sign(payload, moduleId);
  }

  /** Signs any payload with the key of a module's certificate: for documents that are wrong on purpose. */
  sign(payload: Uint8Array, moduleId: string): Uint8Array {
    return writeSign1(payload, (signed) => this.#key(`module ${moduleId}`).sign(signed, 'compact'));
  }

  #moduleId(kind: DocumentKind): string {
    const name = this.#name;
    return kind === 'enclave'
      ? `i-${name.slice(0, 17)}-enc${name.slice(17, 33)}`
      : `i-${name.slice(0, 17)}-tpm${'0'.repeat(16)}`;
  }

  #registers(kind: DocumentKind, given: DocumentPlan['pcrs'], isZero: boolean): ReadonlyMap<number, Uint8Array> {
    const { count, measured } = registersOf[kind];
    const registers = new Map<number, Uint8Array>();
    for (let index = 0; index < count; index++) {
      const isMeasured = measured.includes(index) && !isZero;
      const value = isMeasured ? sha384(utf8ToBytes(`${this.#name} PCR${index}`)) : new Uint8Array(pcrLength);
      registers.set(index, value);
    }
    for (const [index, value] of Object.entries(given ?? {})) registers.set(Number(index), value);
    return registers;
  }

  // Windows begin at round instants, so that documents of one day share their bundle.
  #certificates(moduleId: string, at: number): { readonly bundle: readonly Uint8Array[]; readonly leaf: Uint8Array } {
    const second = floor(at, secondMs);
    const day = floor(at, dayMs);
    const region = this.#issue(
      ['root', rootName],
      ['region', `region.${rootName}`],
      [day, day + regionDays * dayMs],
      1,
    );
    const host = this.#issue(['region', `region.${rootName}`], ['host', `host.${rootName}`], [day, day + 2 * dayMs], 0);
    const leaf = this.#issue(
      ['host', `host.${rootName}`],
      [`module ${moduleId}`, moduleId],
      [second, second + leafHours * hourMs],
    );
    return { bundle: [this.root, region, host], leaf };
  }

  #issue(
    [issuerKey, issuer]: readonly [key: string, name: string],
    [key, subject]: readonly [key: string, name: string],
    [notBefore, notAfter]: readonly [from: number, to: number],
    pathLength?: number,
  ): Uint8Array {
    const keys = { key: this.#key(key), issuerKey: this.#key(issuerKey) };
    return makeCertificate({
      issuer,
      subject,
      notBefore,
      notAfter,
      ...keys,
      ...(pathLength !== undefined && { pathLength }),
    });
  }

  #key(name: string): SigningKey {
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const key = signingKey(this.#secret, name);
    this.#keys.set(name, key);
    return key;
  }
}

const rootName = 'kmsim.nitro-enclaves';

function floor(instant: number, step: number): number {
  return Math.floor(instant / step) * step;
}
