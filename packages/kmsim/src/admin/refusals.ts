// What an admin port answers to what it does not do.

import { KmsimError } from '../kmsim-error.ts';

export interface AdminRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came of a request: something for its JSON, or a refusal. */
export type AdminAnswer = { readonly value: unknown } | { readonly refusal: AdminRefusal };

export const unauthorized: AdminRefusal = {
  status: 401,
  code: 'UnauthorizedException',
  message: 'This port answers to its token: Authorization: Bearer <token>. It was printed when the server started.',
  headers: { 'www-authenticate': 'Bearer' },
};

export const unknownRoute: AdminRefusal = {
  status: 404,
  code: 'UnknownOperationException',
  message: 'There is nothing here. docs/admin.md has what there is.',
};

export function wrongMethod(allowed: readonly string[]): AdminRefusal {
  const allow = allowed.join(', ');
  return { status: 405, code: 'UnknownOperationException', message: `It takes ${allow}.`, headers: { allow } };
}

// A content type that no form can have: a browser asks first, and is told no.
export const noJson: AdminRefusal = {
  status: 415,
  code: 'UnknownOperationException',
  message: 'The content type of what is posted here is application/json.',
};

export const tooLarge: AdminRefusal = {
  status: 413,
  code: 'RequestEntityTooLarge',
  message: 'The request is larger than 262144 bytes.',
};

export const tooManyStreams: AdminRefusal = {
  status: 429,
  code: 'TooManyRequestsException',
  message: 'No more streams: end one first.',
};

export function badRequest(message: string): AdminRefusal {
  return { status: 400, code: 'InvalidRequestException', message };
}

/** A caller's mistake is told; anything else is a defect, and nobody outside sees a word of it. */
export function refusalOf(error: unknown): AdminRefusal | undefined {
  if (!(error instanceof KmsimError)) return undefined;
  const { code, hint, problem } = error;
  return { status: code === 'Closed' ? 503 : 400, code, message: `${problem} ${hint}` };
}

export const defect: AdminRefusal = {
  status: 500,
  code: 'InternalFailure',
  message: 'The simulator failed while it answered.',
};
