// The public names of @kmsim/attestation.

export { answerRandomLength, sealAnswer } from './answer.ts';
export type { DocumentPlan } from './authority.ts';
export { TestAuthority } from './authority.ts';
export type { AttestationDocument, DocumentKind } from './document.ts';
export type { FaultCode } from './fault.ts';
export { AttestationFault } from './fault.ts';
export type { PrivateKey } from './open-answer.ts';
export { openAnswer, openAnswerInBrowser } from './open-answer.ts';
export { pcrOf } from './pcr.ts';
export type { Admitted } from './recipient-desk.ts';
export { openDesk, RecipientDesk } from './recipient-desk.ts';
export type { RecipientKey } from './recipient-key.ts';
export { readRecipientKey } from './recipient-key.ts';
export { readRoots, writePem } from './roots.ts';
export { AttestationVerifier, parseDocument } from './verifier.ts';
