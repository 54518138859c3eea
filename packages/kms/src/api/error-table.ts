// The closed catalogue of errors that KMS answers with: which there are, their HTTP status, the spelling of their message member.

import { type ModelledErrorCode, modelledErrors } from './shapes.ts';

export type CommonErrorCode =
  | 'AccessDeniedException'
  | 'ExpiredTokenException'
  | 'IncompleteSignatureException'
  | 'InternalFailure'
  | 'InvalidClientTokenId'
  | 'InvalidSignatureException'
  | 'MissingAuthenticationTokenException'
  | 'NotAuthorized'
  | 'NotImplemented'
  | 'OptInRequired'
  | 'RequestEntityTooLarge'
  | 'RequestExpired'
  | 'SerializationException'
  | 'ServiceUnavailable'
  | 'ThrottlingException'
  | 'UnknownOperationException'
  | 'UnrecognizedClientException'
  | 'ValidationException';

export type ErrorCode = ModelledErrorCode | CommonErrorCode;

export interface ErrorRow {
  readonly status: number;
  readonly messageMember: 'message' | 'Message';
}

// The framework in front of the service spells `Message`, the service and the signature check `message`.
const client: ErrorRow = { status: 400, messageMember: 'message' };
const framework: ErrorRow = { status: 400, messageMember: 'Message' };
const failing = (status: number): ErrorRow => ({ status, messageMember: 'message' });

// https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html, whose statuses are those of other protocols: over
// AWS JSON 1.1 every recorded client error is 400 (the aws-validated KMS snapshots of LocalStack). The last two have no page:
// an HTTP door needs them.
const commonErrors: Readonly<Record<CommonErrorCode, ErrorRow>> = {
  AccessDeniedException: framework,
  ExpiredTokenException: client,
  IncompleteSignatureException: client,
  InternalFailure: failing(500),
  InvalidClientTokenId: client,
  InvalidSignatureException: client,
  MissingAuthenticationTokenException: client,
  NotAuthorized: client,
  OptInRequired: client,
  RequestExpired: client,
  SerializationException: framework,
  ServiceUnavailable: failing(503),
  ThrottlingException: client,
  UnknownOperationException: framework,
  UnrecognizedClientException: client,
  ValidationException: client,
  RequestEntityTooLarge: failing(413),
  NotImplemented: failing(501),
};

// The API model gives some client errors 404, 409 or 412 (httpError). The recordings say 400 for all of them, among them
// NotFoundException, DisabledException, KMSInvalidStateException and DryRunOperationException.
const modelledRows = Object.fromEntries(
  Object.entries(modelledErrors).map(([code, fault]) => [code, fault === 'client' ? client : failing(500)]),
) as Record<ModelledErrorCode, ErrorRow>;

export const errorTable: Readonly<Record<ErrorCode, ErrorRow>> = { ...modelledRows, ...commonErrors };
