// Recipients for tests: an engine that takes them, documents of its own authority, and the key pair that opens answers.

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect } from 'vitest';
import * as library from '../../../attestation/src/index.ts';
import type { RecipientInfo } from '../../src/api/types.ts';
import type { AttestationOptions } from '../../src/attestation/library.ts';
import { TestEngine, type TestEngineOptions } from '../engine.ts';

export { library };

/** With the library loaded. */
export const attestation: AttestationOptions = { load: () => library, roots: [] };

export class AttestingEngine extends TestEngine {
  constructor(options: TestEngineOptions = {}) {
    super({ attestation, ...options });
  }

  /** A document as of now, of the simulation's own authority. */
  document(plan: Partial<library.DocumentPlan> = {}): Uint8Array {
    const authority = new library.TestAuthority(this.kms.attestation.secret());
    const made = authority.document({ at: this.now, publicKey: recipientPair().publicKey, ...plan });
    return made instanceof library.AttestationFault ? expect.fail(made.detail) : made;
  }

  recipient(plan: Partial<library.DocumentPlan> = {}): RecipientInfo {
    return recipientWith(this.document(plan));
  }
}

export function recipientWith(AttestationDocument: Uint8Array): RecipientInfo {
  return { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256', AttestationDocument };
}

let pair: { readonly privateKey: KeyObject; readonly publicKey: Uint8Array } | undefined;

/** One for all tests, because it takes its time. */
export function recipientPair(): { readonly privateKey: KeyObject; readonly publicKey: Uint8Array } {
  if (pair === undefined) {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    pair = { privateKey, publicKey: Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' })) };
  }
  return pair;
}

/** What the recipient reads. */
export function opened(CiphertextForRecipient: Uint8Array | undefined): Uint8Array {
  return (
    library.openAnswer(CiphertextForRecipient ?? new Uint8Array(), recipientPair().privateKey) ?? expect.fail('closed')
  );
}
