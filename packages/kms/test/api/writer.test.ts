// The writer: every kind of value, and nothing that the model does not know.

import { fc, test as law } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { write } from '../../src/api/writer.ts';

test('bytes become base64, members take the order of the model, the rest is left out', () => {
  const output = {
    Internal: 'not for the wire',
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    KeyId: 'arn',
    CiphertextBlob: new Uint8Array([1, 2, 3]),
  };
  expect(JSON.stringify(write('Encrypt', output))).toBe(
    '{"CiphertextBlob":"AQID","KeyId":"arn","EncryptionAlgorithm":"SYMMETRIC_DEFAULT"}',
  );
});

test('undefined and null are absent, false and zero are not', () => {
  const KeyMetadata = { KeyId: 'k', Enabled: false, Description: '', MultiRegion: undefined, ValidTo: null };
  expect(write('DescribeKey', { KeyMetadata })).toEqual({
    KeyMetadata: { KeyId: 'k', Enabled: false, Description: '' },
  });
});

test('instants become epoch seconds with milliseconds', () => {
  const output = { KeyId: 'k', DeletionDate: new Date(1_700_000_000_125), PendingWindowInDays: 7 };
  expect(write('ScheduleKeyDeletion', output)).toEqual({
    KeyId: 'k',
    DeletionDate: 1_700_000_000.125,
    PendingWindowInDays: 7,
  });
});

test('lists, structures and maps are written through', () => {
  const pairs = new Map([
    ['__proto__', 'a'],
    ['tenant', 'b'],
  ]);
  const grant = (EncryptionContextSubset: unknown): object => ({
    GrantId: 'g',
    Operations: ['Encrypt'],
    CreationDate: new Date(5000),
    Constraints: { EncryptionContextSubset, internal: 1 },
    secret: 1,
  });
  const written = JSON.stringify(write('ListGrants', { Grants: [grant(pairs), grant({ a: 'b' })], Truncated: false }));
  const start = '{"GrantId":"g","CreationDate":5,"Operations":["Encrypt"],"Constraints":{"EncryptionContextSubset":';
  expect(written).toBe(`{"Grants":[${start}{"__proto__":"a","tenant":"b"}}},${start}{"a":"b"}}}],"Truncated":false}`);
});

test('an operation without output writes an empty object', () => {
  expect(write('CreateAlias', { anything: 1 })).toEqual({});
  expect(write('ConnectCustomKeyStore', {})).toEqual({});
});

law.prop([fc.uint8Array({ maxLength: 200 })])('bytes arrive', (Plaintext) => {
  const written = write('GenerateRandom', { Plaintext });
  expect(Buffer.from(String(written['Plaintext']), 'base64')).toEqual(Buffer.from(Plaintext));
});
