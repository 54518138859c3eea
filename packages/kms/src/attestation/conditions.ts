// What policies ask of an attestation document. Absent without a Recipient, and the ones of enclaves are absent for an instance's document.
// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-attestation.html

import type { ContextValue } from '@kmsim/authz';
import type { Call } from '../operation.ts';
import type { AttestedRecipient } from './library.ts';

/** A register's number as the documentation writes it: no sign, no leading zero. */
const register = /^(pcr|nitrotpmpcr)(0|[1-9]\d?)$/;
const kindOf: Readonly<Record<string, AttestedRecipient['kind']>> = { pcr: 'enclave', nitrotpmpcr: 'nitrotpm' };

/** `name` is what stands behind `kms:RecipientAttestation:`, in lower case. Undefined: no such condition key, or the request has none. */
export function attestedContext({ recipient }: Call, name: string): ContextValue | undefined {
  if (recipient === undefined) return undefined;
  // The image's digest is PCR0.
  const [, family = '', index] = register.exec(name === 'imagesha384' ? 'pcr0' : name) ?? [];
  return kindOf[family] === recipient.kind ? recipient.pcrs.get(Number(index)) : undefined;
}
