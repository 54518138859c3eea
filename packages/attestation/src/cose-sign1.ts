// COSE_Sign1 with ES384, the envelope of attestation documents. RFC 9052 section 4.2, RFC 9053 section 2.1.

import { readCbor, writeCbor } from './cbor.ts';
import { type AttestationFault, fault } from './fault.ts';

export interface Sign1 {
  readonly payload: Uint8Array;
  /** r ‖ s, 48 bytes each. */
  readonly signature: Uint8Array;
  /** What is signed: the Sig_structure of RFC 9052 section 4.4. */
  readonly signed: Uint8Array;
}

// https://docs.aws.amazon.com/kms/latest/APIReference/API_RecipientInfo.html: AttestationDocument
const longestDocument = 262_144;
// https://github.com/aws/aws-nitro-enclaves-nsm-api/blob/main/docs/attestation_process.md section 3.2.1: the payload's size
const longestPayload = 16_384;
const signatureLength = 96;

// RFC 9052 section 3.1: label 1 is alg. RFC 9053 table 1: ES384 is -35.
const alg = 1;
const es384 = -35;
const protectedHeader = writeCbor(new Map([[alg, es384]]));
// RFC 9052 section 2: tag 18, which may be left out.
const tag = 0xd2;

function signedBytes(header: Uint8Array, payload: Uint8Array): Uint8Array {
  return writeCbor(['Signature1', header, new Uint8Array(), payload]);
}

export function readSign1(bytes: Uint8Array): Sign1 | AttestationFault {
  if (bytes.length > longestDocument)
    return fault('malformed', `The document is longer than ${longestDocument} bytes.`);
  const item = readCbor(bytes[0] === tag ? bytes.subarray(1) : bytes);
  if (!Array.isArray(item) || item.length !== 4) return fault('malformed', 'The document is no COSE_Sign1 structure.');
  const [header, unprotected, payload, signature] = item;
  const fields = header instanceof Uint8Array ? readCbor(header) : undefined;
  if (!(fields instanceof Map) || fields.size !== 1 || fields.get(alg) !== es384)
    return fault('malformed', 'The protected header does not name ES384 and nothing else.');
  if (!(unprotected instanceof Map) || unprotected.size > 0)
    return fault('malformed', 'The unprotected header is not empty.');
  if (!(payload instanceof Uint8Array) || payload.length === 0 || payload.length > longestPayload)
    return fault('malformed', `The payload has not 1 to ${longestPayload} bytes.`);
  if (!(signature instanceof Uint8Array) || signature.length !== signatureLength)
    return fault('malformed', `The signature has not ${signatureLength} bytes.`);
  return { payload, signature, signed: signedBytes(header as Uint8Array, payload) };
}

/** Without a tag, as the Nitro Security Module writes it. */
export function writeSign1(payload: Uint8Array, sign: (signed: Uint8Array) => Uint8Array): Uint8Array {
  return writeCbor([protectedHeader, new Map(), payload, sign(signedBytes(protectedHeader, payload))]);
}
