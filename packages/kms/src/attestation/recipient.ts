// A Recipient in a request: whose document it is, what the trail says of it, and the answer that only the recipient can read.
// https://docs.aws.amazon.com/kms/latest/developerguide/cryptographic-attestation.html

import { fail } from '../api/errors.ts';
import { missing, refuse } from '../api/violations.ts';
import type { TrailObject } from '../audit/record.ts';
import { Loading, loaded } from '../loading.ts';
import type { Call } from '../operation.ts';
import type { OpenDesk } from './attestation.ts';
import type { AttestedRecipient } from './library.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_RecipientInfo.html */
const attested = ['Decrypt', 'DeriveSharedSecret', 'GenerateDataKey', 'GenerateDataKeyPair', 'GenerateRandom'] as const;
type AttestedCall = Call<(typeof attested)[number]>;

/** Looks at the document of a Recipient before anybody judges: condition keys come from it. One that is not good is refused, whoever asks. */
export function enterRecipient(call: AttestedCall): void {
  const { Recipient } = call.input;
  if (Recipient === undefined) return;
  // The model has both as optional; an answer needs both.
  const { AttestationDocument, KeyEncryptionAlgorithm } = Recipient;
  if (KeyEncryptionAlgorithm === undefined) refuse([missing('recipient.keyEncryptionAlgorithm', false)]);
  if (AttestationDocument === undefined) refuse([missing('recipient.attestationDocument', false)]);
  const recipient = openDesk(call).desk.admit(AttestationDocument, call.now);
  // No words of the real service are known (docs/decisions/attestation.md).
  if ('detail' in recipient) fail('ValidationException', `The attestation document is not valid. ${recipient.detail}`);
  call.recipient = recipient;
  call.note({ recipient: auditOf(recipient) });
}

/** The same for a question about permissions, which cannot wait. */
export function considerRecipient(call: Call): void {
  if (!(attested as readonly string[]).includes(call.operation)) return;
  try {
    enterRecipient(call as AttestedCall);
  } catch (raised) {
    if (!(raised instanceof Loading)) throw raised;
    fail(
      'NotImplemented',
      'What reads attestation documents is still loading. Ask again after a call with a Recipient.',
    );
  }
}

function openDesk(call: Call): OpenDesk {
  const open = loaded(call.kms.attestation.open());
  return (
    open ??
    fail(
      'NotImplemented',
      'A Recipient needs the package @kmsim/attestation, and it is not installed: npm install @kmsim/attestation',
    )
  );
}

/**
 * The plaintext of an answer for the recipient alone: CiphertextForRecipient. Undefined when there is no Recipient; then the plaintext is the answer.
 * Its random bytes are drawn last, so that a Recipient moves nothing that was drawn before.
 */
export function sealForRecipient(call: AttestedCall, plaintext: Uint8Array): Uint8Array | undefined {
  const { recipient } = call;
  if (recipient === undefined) return undefined;
  const sealed = recipient.seal(plaintext, call.random.draw(openDesk(call).library.answerRandomLength));
  plaintext.fill(0);
  return sealed;
}

// https://docs.aws.amazon.com/kms/latest/developerguide/ct-nitro-enclave.html
function auditOf({ kind, moduleId, pcrs }: AttestedRecipient): TrailObject {
  const registers =
    kind === 'enclave'
      ? [['EnclaveImageDigest', 0] as const]
      : [4, 7, 12].map((index) => [`NitroTPMPCR${index}`, index] as const);
  return {
    attestationDocumentModuleId: moduleId,
    ...Object.fromEntries(
      registers.flatMap(([name, index]) => {
        const value = pcrs.get(index);
        return value === undefined ? [] : [[`attestationDocument${name}`, value]];
      }),
    ),
  };
}
