// The words for requests of the wrong shape, as they were recorded.

import { expect, test } from 'vitest';
import { refusalsOfShape } from '../../src/model/shapes.ts';

const start = '1 validation error detected: Value';
const long = (length: number): string => 'x'.repeat(length);
const bytes = (length: number): string => Buffer.alloc(length).toString('base64');

test.each([
  [
    'generate-random-1025',
    'GenerateRandom',
    { NumberOfBytes: 1025 },
    `${start} '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value less than or equal to 1024`,
  ],
  [
    'generate-random-0',
    'GenerateRandom',
    { NumberOfBytes: 0 },
    `${start} '0' at 'numberOfBytes' failed to satisfy constraint: Member must have value greater than or equal to 1`,
  ],
  [
    'encrypt-plaintext-over-4096',
    'Encrypt',
    { KeyId: 'x', Plaintext: bytes(4097) },
    `${start} at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096`,
  ],
  [
    'create-key-tag-key-too-long',
    'CreateKey',
    { Tags: [{ TagKey: long(129), TagValue: '' }] },
    `${start} '${long(129)}' at 'tags.1.member.tagKey' failed to satisfy constraint: Member must have length less than or equal to 128`,
  ],
] as const)('%s', (_, operation, body, message) => {
  expect(refusalsOfShape(operation, body)).toEqual([{ code: 'ValidationException', message }]);
});

test('enumerations: the order of the values is not known', () => {
  const [refusal] = refusalsOfShape('CreateKey', { KeySpec: 'AES' });
  expect(refusal?.message).toEqual(
    /^1 validation error detected: Value 'AES' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: \[/,
  );
});

test.each([
  ['a missing member', 'EnableKey', {}, ['ValidationException']],
  ['null is missing', 'EnableKey', { KeyId: null }, ['ValidationException']],
  ['two violations', 'Encrypt', { KeyId: '', Plaintext: '' }, ['ValidationException']],
  ['another JSON type', 'EnableKey', { KeyId: 7 }, ['SerializationException']],
  [
    'half a surrogate pair',
    'Decrypt',
    { EncryptionContext: { a: '\ud800' } },
    ['SerializationException', 'ValidationException'],
  ],
  ['no base64', 'Encrypt', { KeyId: 'x', Plaintext: 'YR==' }, ['SerializationException', 'ValidationException']],
] as const)('%s has no recorded words', (_, operation, body, codes) => {
  expect(refusalsOfShape(operation, body)).toEqual(codes.map((code) => ({ code })));
});

test.each([
  ['Encrypt', { KeyId: 'x', Plaintext: bytes(4096), EncryptionContext: JSON.parse('{"__proto__":"x"}') }],
  ['ListKeys', { Limit: 1000, Marker: null }],
  ['GenerateDataKey', { KeyId: 'x', KeySpec: 'AES_256', Unknown: 7 }],
] as const)('%s of the right shape', (operation, body) => {
  expect(refusalsOfShape(operation, body)).toEqual([]);
});
