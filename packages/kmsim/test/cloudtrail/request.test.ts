import { expect, test } from 'vitest';
import { eventOf, type KmsEvent } from '../../src/cloudtrail/event.ts';
import { requestOf } from '../../src/cloudtrail/request.ts';
import { keyArn, record } from './log.ts';

function request(eventName: string, requestParameters: unknown, more = {}) {
  return requestOf(eventName as never, eventOf(record({ eventName, requestParameters, ...more })) as KmsEvent);
}

test('members get the names of the API, nested ones too; names in an encryption context stay', () => {
  const constraints = { encryptionContextSubset: { tenant: 'acme' } };
  const parameters = { keyId: 'x', granteePrincipal: 'y', operations: ['Decrypt'], constraints, unknown: 1 };
  expect(request('CreateGrant', parameters)).toEqual({
    KeyId: 'x',
    GranteePrincipal: 'y',
    Operations: ['Decrypt'],
    Constraints: { EncryptionContextSubset: { tenant: 'acme' } },
  });
  expect(request('TagResource', { keyId: 'x', tags: [{ tagKey: 'a', tagValue: 'b' }] })['Tags']).toEqual([
    { TagKey: 'a', TagValue: 'b' },
  ]);
});

test('dates are UTC, in both spellings', () => {
  for (const validTo of ['Aug 10, 2022, 10:38:27 PM', '2022-08-10T22:38:27Z'])
    expect(request('ImportKeyMaterial', { keyId: 'x', validTo })['ValidTo']).toEqual(new Date('2022-08-10T22:38:27Z'));
});

test('nobody looks at a ciphertext; its key is the one of the record', () => {
  const decrypt = request('Decrypt', { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
  expect(decrypt).toEqual({
    KeyId: keyArn,
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    DryRun: true,
    DryRunModifiers: ['IGNORE_CIPHERTEXT'],
  });
  expect(request('Decrypt', { keyId: 'alias/orders' })['KeyId']).toBe('alias/orders');
});

test('what is never logged is there, so that the request can be read', () => {
  expect(request('Sign', { keyId: 'x', signingAlgorithm: 'ECDSA_SHA_256' })['Message']).toBeInstanceOf(Uint8Array);
  expect(request('ListKeys', null)).toEqual({});
});

test('RetireGrant names its grant beside the parameters, CreateKey its spec twice', () => {
  const retired = request('RetireGrant', null, { additionalEventData: { grantId: 'g' } });
  expect(retired).toEqual({ KeyId: keyArn, GrantId: 'g' });
  expect(request('CreateKey', { keySpec: 'RSA_2048', customerMasterKeySpec: 'RSA_2048' })).toEqual({
    KeySpec: 'RSA_2048',
  });
});
