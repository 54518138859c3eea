// The catalogue of errors and the one class that carries them.

import { inspect } from 'node:util';
import type { Decision } from '@kmsim/authz';
import { expect, test } from 'vitest';
import { type ErrorCode, errorTable } from '../../src/api/error-table.ts';
import { accessDenied, fail, KmsError, kmsError } from '../../src/api/errors.ts';
import { modelledErrors } from '../../src/api/shapes.ts';
import { refused } from './refused.ts';

test('modelled client errors are 400 whatever the model says, server errors 500', () => {
  const server = Object.keys(modelledErrors).filter((code) => errorTable[code as ErrorCode].status === 500);
  expect(server.sort()).toEqual(['DependencyTimeoutException', 'KMSInternalException', 'KeyUnavailableException']);
  for (const code of Object.keys(modelledErrors)) {
    expect([400, 500]).toContain(errorTable[code as ErrorCode].status);
    expect(errorTable[code as ErrorCode].messageMember).toBe('message');
  }
  // Recorded as 400 (TestKMSGenerateKeys::test_generate_data_key_pair_dry_run), 412 in the model.
  expect(kmsError('DryRunOperationException').status).toBe(400);
});

test.each([
  ['AccessDeniedException', 400, 'Message'],
  ['SerializationException', 400, 'Message'],
  ['ValidationException', 400, 'message'],
  ['ThrottlingException', 400, 'message'],
  ['MissingAuthenticationTokenException', 400, 'message'],
  ['InternalFailure', 500, 'message'],
  ['RequestEntityTooLarge', 413, 'message'],
  ['NotImplemented', 501, 'message'],
] as const)('%s is %i with its text in %s', (code, status, messageMember) => {
  expect(kmsError(code)).toMatchObject({ code, name: code, status, messageMember });
});

test('an error carries its text twice: for people and for the wire', () => {
  const error = kmsError('NotFoundException', "Invalid keyId 'x'");
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: 'NotFoundException',
    message: "Invalid keyId 'x'",
    wireMessage: "Invalid keyId 'x'",
  });
  expect(String(error)).toBe("NotFoundException: Invalid keyId 'x'");
});

test('without a text the wire has none, and people are told so', () => {
  const error = kmsError('InvalidCiphertextException');
  expect(error.wireMessage).toBeUndefined();
  expect(error.message).toContain('InvalidCiphertextException');
  // DeriveSharedSecret with a broken public key: an empty message is another thing than none.
  expect(kmsError('ValidationException', '').wireMessage).toBe('');
});

test('fail raises', () => {
  const error = refused(() => fail('TagException', 'Too many tags'));
  expect(error).toBeInstanceOf(KmsError);
  expect(error).toMatchObject({ code: 'TagException', message: 'Too many tags' });
});

test('a decision goes with the error, and never out of the process', () => {
  const decision = { outcome: 'ImplicitDeny', secretPolicy: 'x' } as unknown as Decision;
  const error = accessDenied('no', decision);
  expect(error.decision).toBe(decision);
  expect(error).toMatchObject({ code: 'AccessDeniedException', message: 'no' });
  for (const printed of [JSON.stringify(error), JSON.stringify({ ...error }), inspect(error)]) {
    expect(printed).not.toContain('secretPolicy');
  }
  expect(kmsError('AccessDeniedException').decision).toBeUndefined();
});
