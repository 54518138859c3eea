// Types: what counts as which, in both forms, and what is said of the rest.

import { describe, expect, test } from 'vitest';
import { read } from '../../src/api/reader.ts';
import type { OperationName } from '../../src/api/shapes.ts';
import { refused } from './refused.ts';

const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
const importing = { KeyId: KEY, ImportToken: 'QQ==', EncryptedKeyMaterial: 'QQ==' };

describe('over the wire', () => {
  const LIST = 'Start of list found where not expected';
  const MAP = 'Start of structure or map found where not expected.';
  const rows: readonly [OperationName, input: unknown, text: string | undefined][] = [
    ['DescribeKey', { KeyId: 5 }, 'NUMBER_VALUE can not be converted to a String'],
    ['DescribeKey', { KeyId: true }, 'TRUE_VALUE can not be converted to a String'],
    ['DescribeKey', { KeyId: false }, 'FALSE_VALUE can not be converted to a String'],
    ['DescribeKey', { KeyId: [KEY] }, LIST],
    ['DescribeKey', { KeyId: { id: KEY } }, MAP],
    ['DescribeKey', { KeyId: '\ud800' }, 'STRING_VALUE is not well-formed Unicode'],
    ['CreateKey', { KeySpec: 1 }, 'NUMBER_VALUE can not be converted to a String'],
    ['GenerateRandom', { NumberOfBytes: '16' }, 'STRING_VALUE can not be converted to an Integer'],
    ['GenerateRandom', { NumberOfBytes: 1.5 }, 'NUMBER_VALUE can not be converted to an Integer'],
    ['GenerateRandom', { NumberOfBytes: 2 ** 31 }, 'NUMBER_VALUE can not be converted to an Integer'],
    ['GenerateRandom', { NumberOfBytes: Number.POSITIVE_INFINITY }, 'NUMBER_VALUE can not be converted to an Integer'],
    ['CreateKey', { MultiRegion: 1 }, 'NUMBER_VALUE can not be converted to a Boolean'],
    ['CreateKey', { MultiRegion: 'true' }, 'STRING_VALUE can not be converted to an Boolean'],
    [
      'ImportKeyMaterial',
      { ...importing, ValidTo: '2030' },
      'STRING_VALUE can not be converted to milliseconds since epoch',
    ],
    [
      'ImportKeyMaterial',
      { ...importing, ValidTo: 1e300 },
      'NUMBER_VALUE can not be converted to milliseconds since epoch',
    ],
    ['Decrypt', { CiphertextBlob: 5 }, 'NUMBER_VALUE can not be converted to a Blob'],
    ['Decrypt', { CiphertextBlob: [1] }, LIST],
    ['Decrypt', { Recipient: 'x' }, 'Expected null'],
    ['Decrypt', { Recipient: [] }, LIST],
    ['Decrypt', { EncryptionContext: 'a=b' }, 'Expected map or null'],
    ['Decrypt', { EncryptionContext: [] }, LIST],
    ['Decrypt', { EncryptionContext: { a: 1 } }, 'NUMBER_VALUE can not be converted to a String'],
    ['Decrypt', { EncryptionContext: { '\udc00': 'a' } }, 'STRING_VALUE is not well-formed Unicode'],
    ['Decrypt', { GrantTokens: 'token' }, 'Expected list or null'],
    ['Decrypt', { GrantTokens: {} }, MAP],
    ['Decrypt', { GrantTokens: [1] }, 'NUMBER_VALUE can not be converted to a String'],
    ['TagResource', { KeyId: KEY, Tags: ['a'] }, 'Expected null'],
    ['TagResource', { KeyId: KEY, Tags: [{ TagKey: 1 }] }, 'NUMBER_VALUE can not be converted to a String'],
    ['ListKeys', [], LIST],
    ['ListKeys', null, undefined],
    ['ListKeys', 'x', undefined],
    ['ListKeys', undefined, undefined],
  ];

  test.each(rows)('%s %j: %s', (operation, input, text) => {
    const error = refused(() => read(operation, input, 'wire'));
    expect(error).toMatchObject({ code: 'SerializationException', status: 400, messageMember: 'Message' });
    expect(error.wireMessage).toBe(text);
  });

  test('a wrong type is told before a broken constraint, wherever it stands', () => {
    const error = refused(() => read('Encrypt', { KeyId: '', Plaintext: '', DryRun: 'yes' }, 'wire'));
    expect(error.code).toBe('SerializationException');
  });

  test.each([
    ['A===', 'Invalid Base64 character'],
    ['QQ', 'Base64 encoded length is expected a multiple of 4 bytes but found: 2'],
    ['QQ==\n', 'Base64 encoded length is expected a multiple of 4 bytes but found: 5'],
    ['QQ= ', "Invalid Base64 character: '='"],
    ['Q_-=', "Invalid Base64 character: '_'"],
    ['QR==', 'Invalid last non-pad Base64 character dectected'],
  ])('%j is no base64', (text, fault) => {
    const { wireMessage } = refused(() => read('Decrypt', { CiphertextBlob: text }, 'wire'));
    expect(wireMessage).toContain(`STRING_VALUE can not be converted to a Blob: ${fault}`);
  });

  test('a broken plaintext is not repeated', () => {
    const secret = 'c2VjcmV0c2VjcmV0c2VjcmV0!';
    expect(refused(() => read('Encrypt', { KeyId: KEY, Plaintext: secret }, 'wire')).message).not.toContain('c2Vj');
  });

  test('timestamps are epoch seconds with milliseconds', () => {
    expect(read('ImportKeyMaterial', { ...importing, ValidTo: 1_700_000_000.125 }, 'wire')).toHaveProperty(
      'ValidTo',
      new Date(1_700_000_000_125),
    );
  });

  test('unknown members are ignored, null is absent, -0 is 0', () => {
    const input = { KeyId: KEY, Limit: 5, GrantTokens: null, constructor: 1 };
    expect(Object.entries(read('DescribeKey', input, 'wire'))).toEqual([['KeyId', KEY]]);
    expect(refused(() => read('GenerateRandom', { NumberOfBytes: -0 }, 'wire')).wireMessage).toContain("Value '0'");
  });
});

describe('in this process', () => {
  test('bytes are copied out of any Uint8Array', () => {
    const pooled = Buffer.from('abc');
    const { Plaintext } = read('Encrypt', { KeyId: KEY, Plaintext: pooled }, 'direct') as { Plaintext: Uint8Array };
    pooled.fill(0);
    expect(Plaintext.constructor).toBe(Uint8Array);
    expect([...Plaintext]).toEqual([97, 98, 99]);
    expect(Plaintext.buffer.byteLength).toBe(3);
  });

  test.each([
    [
      'a string',
      'YWJj',
      "STRING_VALUE can not be converted to a Blob: bytes are given as a Uint8Array (at 'plaintext')",
    ],
    [
      'an ArrayBuffer',
      new ArrayBuffer(3),
      "OBJECT_VALUE can not be converted to a Blob: bytes are given as a Uint8Array (at 'plaintext')",
    ],
    [
      'other numbers',
      new Uint16Array(3),
      "OBJECT_VALUE can not be converted to a Blob: bytes are given as a Uint8Array (at 'plaintext')",
    ],
    ['a list', [1, 2], "OBJECT_VALUE can not be converted to a Blob: bytes are given as a Uint8Array (at 'plaintext')"],
    [
      'a pretender',
      Object.create(Uint8Array.prototype),
      "OBJECT_VALUE can not be converted to a Blob: bytes are given as a Uint8Array (at 'plaintext')",
    ],
  ])('%s is no bytes', (_, Plaintext, text) => {
    expect(refused(() => read('Encrypt', { KeyId: KEY, Plaintext }, 'direct')).wireMessage).toBe(text);
  });

  test('a refusal says where', () => {
    const tags = { KeyId: KEY, Tags: [{ TagKey: 'a', TagValue: 5n }] };
    expect(refused(() => read('TagResource', tags, 'direct')).wireMessage).toBe(
      "NUMBER_VALUE can not be converted to a String (at 'tags.1.member.tagValue')",
    );
  });

  test('timestamps are Dates or epoch seconds', () => {
    const bytes = new Uint8Array(1);
    const input = { KeyId: KEY, ImportToken: bytes, EncryptedKeyMaterial: bytes };
    const when = new Date(1_700_000_000_125);
    for (const ValidTo of [when, when.getTime() / 1000]) {
      const result = read('ImportKeyMaterial', { ...input, ValidTo }, 'direct');
      expect(result['ValidTo']).toEqual(when);
      expect(result['ValidTo']).not.toBe(when);
    }
    const broken = { ...input, ValidTo: new Date(Number.NaN) };
    expect(refused(() => read('ImportKeyMaterial', broken, 'direct')).code).toBe('SerializationException');
  });

  test('undefined and null are left out of lists and maps, as the SDKs write them', () => {
    const input = { EncryptionContext: { a: 'b', c: undefined, d: null }, GrantTokens: [undefined, 'token', null] };
    expect(read('Decrypt', input, 'direct')).toEqual({
      EncryptionContext: new Map([['a', 'b']]),
      GrantTokens: ['token'],
    });
    expect(read('CreateKey', { Tags: [null] }, 'direct')).toEqual({ Tags: [] });
  });

  test.each([new Map([['tenant', 'a']]), new Date(0), new Uint8Array(1), new Set(), []])(
    '%o is no encryption context',
    (value) => {
      expect(refused(() => read('Decrypt', { EncryptionContext: value }, 'direct')).code).toBe(
        'SerializationException',
      );
    },
  );

  test('a request is an object', () => {
    expect(refused(() => read('ListKeys', undefined, 'direct')).wireMessage).toBe('A request is an object');
    expect(refused(() => read('ListKeys', new Map(), 'direct')).code).toBe('SerializationException');
  });
});

test('an encryption context keeps its order and takes every own key', () => {
  const context = JSON.parse('{"b":"1","__proto__":"2","constructor":"3","a":"4","":""}');
  const { EncryptionContext } = read('Decrypt', { EncryptionContext: context }, 'wire') as {
    EncryptionContext: Map<string, string>;
  };
  expect([...EncryptionContext]).toEqual([
    ['b', '1'],
    ['__proto__', '2'],
    ['constructor', '3'],
    ['a', '4'],
    ['', ''],
  ]);
  const inherited = Object.assign(Object.create({ inherited: 'no' }), { own: 'yes' });
  expect(read('Decrypt', { EncryptionContext: inherited }, 'direct')['EncryptionContext']).toEqual(
    new Map([['own', 'yes']]),
  );
});
