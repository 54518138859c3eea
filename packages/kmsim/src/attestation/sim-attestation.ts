// The authority of a simulation: attestation documents as enclaves and instances have them, under a root that the simulation trusts.

import type { Kms } from '@kmsim/kms';
import { inspectedAs } from '../inspected.ts';
import { KmsimError } from '../kmsim-error.ts';
import { hasNodeModules } from '../node-files.ts';
import { checkOptions, type Form, type Forms, isRecord, isText, oneOf } from '../option-forms.ts';
import { type AttestationModule, loadAttestation } from './load-library.ts';

const page = 'docs/nitro-enclaves.md';

export interface AttestationDocumentOptions {
  /** Of an enclave, or of an instance with NitroTPM; `'enclave'` when absent. */
  readonly kind?: 'enclave' | 'nitrotpm';
  /** The recipient's RSA public key, to which answers are encrypted: SubjectPublicKeyInfo as DER. A Recipient needs one. */
  readonly publicKey?: Uint8Array;
  /** Platform configuration registers by number: hexadecimal digits or bytes, of 32, 48 or 64 bytes. They come over those that a document has anyway. */
  readonly pcrs?: Readonly<Record<number, string | Uint8Array>>;
  /** `i-...-enc...` or `i-...-tpm...`; the simulation's own when absent. */
  readonly moduleId?: string;
  /** An enclave in debug mode: all registers are zero. */
  readonly debug?: boolean;
  readonly userData?: Uint8Array;
  readonly nonce?: Uint8Array;
}

/** PEM, PKCS#8 as DER, or a KeyObject of node:crypto. In a browser the first two, and PEM of PKCS#8 only. */
export type PrivateKey = string | Uint8Array | { readonly type: string };

const bytes: Form = { is: (value) => value instanceof Uint8Array, text: 'bytes' };

const forms: Forms<AttestationDocumentOptions> = {
  kind: oneOf('enclave', 'nitrotpm'),
  publicKey: { is: bytes.is, text: 'a public key as DER (SubjectPublicKeyInfo)' },
  pcrs: {
    is: (value) => isRecord(value) && Object.entries(value).every(([name, pcr]) => isNumber(name) && isRegister(pcr)),
    text: 'registers by number, each hexadecimal digits or bytes',
  },
  moduleId: { is: isText, text: 'a text' },
  debug: { is: (value) => typeof value === 'boolean', text: 'true or false' },
  userData: bytes,
  nonce: bytes,
};

export class SimAttestation {
  readonly #kms: () => Kms;

  constructor(kms: () => Kms) {
    this.#kms = kms;
    inspectedAs(this, () => 'SimAttestation {}');
  }

  /** A document as of now, good for three hours: `Recipient: { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256', AttestationDocument: ... }`. */
  async document(options: AttestationDocumentOptions = {}): Promise<Uint8Array> {
    checkOptions('attestation.document', options, forms, page);
    const { pcrs, ...plan } = options;
    const { authority, library } = await this.#open();
    const at = this.#kms().world.clock.now();
    const made = authority.document({ ...plan, at, ...(pcrs && { pcrs: registersOf(pcrs) }) });
    if (made instanceof library.AttestationFault) throw new KmsimError('InvalidAttestation', made.detail);
    return made;
  }

  /** The root certificate of the simulation, as PEM. */
  async root(): Promise<string> {
    const { authority, library } = await this.#open();
    return library.writePem(authority.root);
  }

  /** What is in a CiphertextForRecipient, as the one reads it who has the private key. */
  async open(ciphertextForRecipient: Uint8Array, privateKey: PrivateKey): Promise<Uint8Array> {
    const { library } = await this.#open();
    const open = hasNodeModules() ? library.openAnswer : library.openAnswerInBrowser;
    const opened = await open(ciphertextForRecipient, privateKey);
    if (opened === undefined)
      throw new KmsimError('InvalidAttestation', 'That is no CiphertextForRecipient for that private key.');
    return opened;
  }

  async #open(): Promise<{
    readonly library: AttestationModule;
    readonly authority: InstanceType<AttestationModule['TestAuthority']>;
  }> {
    const kms = this.#kms();
    const library = await loadAttestation();
    if (library === 'not installed') throw new KmsimError('NoAttestation', 'There is no @kmsim/attestation here.');
    return { library, authority: new library.TestAuthority(kms.attestation.secret()) };
  }
}

function isNumber(name: string): boolean {
  return /^\d{1,2}$/.test(name);
}

function isRegister(value: unknown): boolean {
  return value instanceof Uint8Array || (typeof value === 'string' && /^(?:[\da-f]{2})+$/i.test(value));
}

function registersOf(pcrs: NonNullable<AttestationDocumentOptions['pcrs']>): Readonly<Record<number, Uint8Array>> {
  return Object.fromEntries(
    Object.entries(pcrs).map(([index, pcr]) => [index, typeof pcr === 'string' ? fromHex(pcr) : pcr]),
  );
}

function fromHex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
