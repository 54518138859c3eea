// Matchers, one by one: what they take, what they refuse, and the difference they name.

import { createPrivateKey, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { makeKeyPair } from '../src/client/key-pair.ts';
import { match } from '../src/match.ts';
import { createScope } from '../src/scope.ts';
import type { Json } from '../src/transcript.ts';
import { draw } from './client/draw.ts';

const uuid = '1234abcd-12ab-34cd-56ef-1234567890ab';
const scope = createScope({ name: 't', regions: ['eu-west-1'] }, { account: '111122223333', callerArn: 'arn:me' });
scope.remember('key', { Id: uuid, Blob: Uint8Array.of(1, 2) });
scope.remember('before', { Grants: [{}, {}] });

// RFC 8410 section 10.1, the example key.
const ed25519 = Buffer.from('MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=', 'base64');

const takes: readonly [Json, unknown][] = [
  ['a', 'a'],
  [false, false],
  [{ A: 1 }, { A: 1, B: 2 }],
  [{ A: [1, { B: 2 }] }, { A: [1, { B: 2, C: 3 }] }],
  [{ $ref: 'key.Id' }, uuid],
  [{ $ref: 'key.Blob' }, Uint8Array.of(1, 2)],
  [{ $utf8: 'hi' }, Buffer.from('hi')],
  [{ $template: 'key/${key.Id}' }, `key/${uuid}`],
  [{ $template: '${any:uuid} (of ${account})' }, `${uuid} (of 111122223333)`],
  [{ $any: 'uuid' }, uuid],
  [{ $any: 'mrkKeyId' }, `mrk-${'0'.repeat(32)}`],
  [{ $any: 'arn' }, 'arn:aws:kms:eu-west-1:111122223333:alias/a'],
  [{ $any: 'blob' }, Uint8Array.of(0)],
  [{ $any: 'timestamp' }, 1_700_000_000.5],
  [{ $any: 'string' }, 'x\ny'],
  [{ $any: 'keyMaterialId' }, '0b'.repeat(32)],
  [{ $any: 'derPublicKey' }, new Uint8Array(ed25519)],
  [{ A: { $absent: true } }, {}],
  [{ A: { $emptyOrAbsent: true } }, { A: '' }],
  [{ A: { $emptyOrAbsent: true } }, {}],
  [{ $length: 2 }, [1, 2]],
  [{ $length: 3 }, new Uint8Array(3)],
  [{ $length: { lengthOf: 'before.Grants', plus: 1 } }, [{}, {}, {}]],
  [{ $not: 'a' }, 'b'],
  [{ $anyOf: ['a', { $any: 'uuid' }] }, uuid],
  [{ $allOf: [{ $any: 'uuid' }, { $not: 'a' }] }, uuid],
  [{ $each: { A: 1 } }, [{ A: 1, B: 2 }, { A: 1 }]],
  [{ $listContains: [{ A: 2 }, { A: 1 }] }, [{ A: 1, B: 1 }, { A: 2 }, { A: 3 }]],
  [{ $listExcludes: [{ A: 3 }] }, [{ A: 1 }]],
  [{ $jsonString: { B: 1, A: { $ref: 'key.Id' } } }, `{ "B" : 1,\n "A": "${uuid}" }`],
];

const refuses: readonly [Json, unknown, path: string][] = [
  ['a', 'A', ''],
  [null, undefined, ''],
  [{ A: 1 }, {}, 'A'],
  [{ A: { B: 'x' } }, { A: { B: 'y' } }, 'A.B'],
  [{ constructor: { $any: 'string' } }, {}, 'constructor'],
  [{ A: [1, 2] }, { A: [1, 3] }, 'A.1'],
  [{ A: [1, 2] }, { A: [1, 2, 3] }, 'A'],
  [{ A: {} }, { A: [] }, 'A'],
  [{ $ref: 'key.Blob' }, Uint8Array.of(1, 3), ''],
  [{ $template: 'key/${key.Id}' }, `key/${uuid}.`, ''],
  [{ $template: 'a.c' }, 'abc', ''],
  [{ $template: '${any:keyMaterialId}' }, uuid, ''],
  [{ $any: 'uuid' }, uuid.replaceAll('-', ''), ''],
  [{ $any: 'uuid' }, `${uuid}\n`, ''],
  [{ $any: 'arn' }, uuid, ''],
  [{ $any: 'blob' }, 'AQID', ''],
  [{ $any: 'blob' }, new Uint8Array(), ''],
  [{ $any: 'timestamp' }, '2026-01-01T00:00:00Z', ''],
  [{ $any: 'string' }, '', ''],
  [{ $any: 'keyMaterialId' }, 'A'.repeat(64), ''],
  [{ $any: 'derPublicKey' }, new Uint8Array([...ed25519, 0]), ''],
  [{ $any: 'derPublicKey' }, Uint8Array.of(0x30), ''],
  [{ A: { $absent: true } }, { A: null }, 'A'],
  [{ A: { $emptyOrAbsent: true } }, { A: 'text' }, 'A'],
  [{ $length: 2 }, [1], ''],
  [{ $length: { lengthOf: 'before.Grants', plus: -1 } }, [1, 2], ''],
  [{ $not: 'a' }, 'a', ''],
  [{ A: { $not: 'a' } }, {}, 'A'],
  [{ $anyOf: ['a', 'b'] }, 'c', ''],
  [{ $allOf: [{ $any: 'string' }, 'a'] }, 'b', ''],
  [{ $each: { A: 1 } }, [{ A: 1 }, { A: 2 }], '1.A'],
  [{ $each: { A: 1 } }, {}, ''],
  [{ $each: { A: 1 } }, [], ''],
  [{ $listContains: [{ A: 1 }, { A: 9 }] }, [{ A: 1 }], ''],
  [{ $listContains: [{ A: 1 }] }, undefined, ''],
  [{ $listExcludes: [{ A: 1 }] }, [{ A: 1, B: 2 }], ''],
  [{ $listExcludes: [{ A: 1 }] }, undefined, ''],
  [{ $jsonString: { B: 1, A: 2 } }, '{"A":2,"B":1}', ''],
  [{ $jsonString: {} }, 'no JSON', ''],
];

describe('takes', () => {
  test.each(takes)('%j: %j', (pattern, got) => {
    expect(match(pattern, got, scope)).toBeUndefined();
  });
});

describe('refuses', () => {
  test.each(refuses)('%j: %j', (pattern, got, path) => {
    expect(match(pattern, got, scope)?.path).toBe(path);
  });
});

describe('the difference', () => {
  test('is the first, and says what was wanted and what was there', () => {
    expect(
      match(
        { KeyMetadata: { KeyState: 'Enabled', Enabled: true } },
        { KeyMetadata: { KeyState: 'Disabled', Enabled: false } },
        scope,
      ),
    ).toEqual({
      path: 'KeyMetadata.KeyState',
      expected: '"Enabled"',
      got: '"Disabled"',
    });
  });

  test('names a template with its values and keeps its wildcards', () => {
    expect(match({ $template: '${account}: ${any:uuid}' }, 'x', scope)?.expected).toBe('"111122223333: ${any:uuid}"');
  });
});

describe('coverage', () => {
  const got = { KeyMetadata: { KeyId: 'k', Nested: { A: 1, B: 2 } }, Other: 1 };

  test('other members are welcome where the recording does not cover the answer', () => {
    expect(match({ KeyMetadata: { KeyId: 'k' } }, got, scope)).toBeUndefined();
  });

  test('of the whole answer closes it, down to the last object', () => {
    expect(match({ KeyMetadata: { KeyId: 'k', Nested: { A: 1, B: 2 } } }, got, scope, { closed: '' })?.path).toBe(
      'Other',
    );
    expect(match({ KeyMetadata: { KeyId: 'k', Nested: { A: 1 } }, Other: 1 }, got, scope, { closed: '' })?.path).toBe(
      'KeyMetadata.Nested.B',
    );
  });

  test('of one member closes that member only', () => {
    expect(
      match({ KeyMetadata: { KeyId: 'k', Nested: { A: 1, B: 2 } } }, got, scope, { closed: 'KeyMetadata' }),
    ).toBeUndefined();
    expect(match({ KeyMetadata: { KeyId: 'k' } }, got, scope, { closed: 'KeyMetadata' })).toEqual({
      path: 'KeyMetadata.Nested',
      expected: 'nothing',
      got: '{"A":1,"B":2}',
    });
  });

  test('lets later members of the API pass', () => {
    expect(match({ A: 1 }, { A: 1, New: 2 }, scope, { closed: '', laterFields: ['New'] })).toBeUndefined();
  });

  test('does not close the items of partial lists', () => {
    expect(match({ L: { $listContains: [{ A: 1 }] } }, { L: [{ A: 1, B: 2 }] }, scope, { closed: '' })).toBeUndefined();
  });
});

test('a pattern that is none is an error, not a difference', () => {
  expect(() => match({ $nope: 1 }, 1, scope)).toThrow('$nope is no matcher');
  expect(() => match({ $any: 'thing' }, 1, scope)).toThrow('no kind "thing"');
  expect(() => match({ $template: '${any:blob}' }, 'a', scope)).toThrow('no text of such a kind');
});

test('a signature is checked with the public key that the transcript names', () => {
  const { privateKey, publicKey } = makeKeyPair('ECC_NIST_P256', 65_537, draw('match'));
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  scope.remember('public', { PublicKey: publicKey });
  const pattern = {
    $verifiesLocally: {
      ...{ publicKey: { $ref: 'public.PublicKey' }, algorithm: 'ECDSA_SHA_256', messageType: 'RAW' },
      message: { $utf8: 'hi' },
    },
  };
  const signature = new Uint8Array(sign('sha256', Buffer.from('hi'), key));
  expect(match({ S: pattern }, { S: signature }, scope)).toBeUndefined();
  expect(match({ S: pattern }, { S: signature.slice(1) }, scope)).toMatchObject({
    path: 'S',
    expected: 'a signature of ECDSA_SHA_256 that verifies outside KMS',
  });
  expect(match({ S: pattern }, {}, scope)?.got).toBe('nothing');
});
