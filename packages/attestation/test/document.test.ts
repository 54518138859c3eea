// Every rule of every member.

import { describe, expect, test } from 'vitest';
import { type Cbor, writeCbor } from '../src/cbor.ts';
import { readDocument, writeDocument } from '../src/document.ts';
import { madeDocument, members, now, parsed } from './documents.ts';

const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(1);
const registers = (...entries: readonly [Cbor, Cbor][]): Cbor => new Map<Cbor, Cbor>(entries);
const many = (count: number): Cbor =>
  registers(...Array.from({ length: count }, (_, at) => [at, bytes(48)] as [Cbor, Cbor]));

function withMember(
  name: string,
  value: Cbor | undefined,
  kind: 'enclave' | 'nitrotpm' = 'enclave',
): ReturnType<typeof readDocument> {
  const content = members();
  if (kind === 'nitrotpm') {
    content.set('nitrotpm_pcrs', content.get('pcrs') ?? null);
    content.delete('pcrs');
  }
  if (value === undefined) content.delete(name);
  else content.set(name, value);
  return readDocument(writeCbor(content));
}

describe('a member is refused', () => {
  test.each<[string, Cbor | undefined]>([
    ['module_id', undefined],
    ['module_id', ''],
    ['module_id', bytes(4)],
    ['digest', undefined],
    ['digest', 'SHA256'],
    ['digest', 'sha384'],
    ['timestamp', undefined],
    ['timestamp', 0],
    ['timestamp', -1],
    ['timestamp', '1'],
    ['pcrs', undefined],
    ['pcrs', null],
    ['pcrs', registers()],
    ['pcrs', [bytes(48)]],
    ['pcrs', registers([32, bytes(48)])],
    ['pcrs', registers([-1, bytes(48)])],
    ['pcrs', registers(['0', bytes(48)])],
    ['pcrs', registers([0, bytes(47)])],
    ['pcrs', registers([0, bytes(0)])],
    ['pcrs', registers([0, 'aa'])],
    ['pcrs', many(33)],
    ['certificate', undefined],
    ['certificate', null],
    ['certificate', bytes(0)],
    ['certificate', bytes(1025)],
    ['certificate', 'text'],
    ['cabundle', undefined],
    ['cabundle', null],
    ['cabundle', []],
    ['cabundle', bytes(10)],
    ['cabundle', [bytes(0)]],
    ['cabundle', [bytes(10), bytes(1025)]],
    ['cabundle', [null]],
    ['public_key', bytes(0)],
    ['public_key', bytes(1025)],
    ['public_key', 'text'],
    ['user_data', bytes(513)],
    ['user_data', 'text'],
    ['nonce', bytes(513)],
    ['nonce', 1],
    ['unheard_of', null],
  ])('%s: %o', (name, value) => {
    expect(withMember(name, value)).toMatchObject({ code: 'invalid member' });
  });

  test('a member whose name is no text', () => {
    expect(readDocument(writeCbor(members().set(1, 2)))).toMatchObject({ code: 'invalid member' });
  });

  test.each(['__proto__', 'constructor', 'toString'])('a member with the name %s', (name) => {
    expect(withMember(name, bytes(1))).toMatchObject({ code: 'invalid member' });
  });

  test('both kinds of registers in one document', () => {
    expect(withMember('nitrotpm_pcrs', many(1))).toMatchObject({ code: 'invalid member' });
  });
});

describe('a member is taken', () => {
  test.each<[string, Cbor | undefined, object]>([
    ['pcrs', many(32), {}],
    ['pcrs', registers([31, bytes(32)]), { pcrs: new Map([[31, bytes(32)]]) }],
    ['pcrs', registers([0, bytes(64)]), { pcrs: new Map([[0, bytes(64)]]) }],
    ['timestamp', 1, { timestamp: 1 }],
    ['certificate', bytes(1024), { certificate: bytes(1024) }],
    ['cabundle', [bytes(1)], { caBundle: [bytes(1)] }],
    ['public_key', undefined, { publicKey: undefined }],
    ['public_key', null, { publicKey: undefined }],
    ['public_key', bytes(1024), { publicKey: bytes(1024) }],
    ['user_data', null, { userData: undefined }],
    ['user_data', bytes(0), { userData: bytes(0) }],
    ['user_data', bytes(512), { userData: bytes(512) }],
    ['nonce', bytes(512), { nonce: bytes(512) }],
  ])('%s: %o', (name, value, expected) => {
    expect(withMember(name, value)).toMatchObject({ kind: 'enclave', ...expected });
  });
});

describe('the document of an instance', () => {
  test.each<[string, Cbor]>([
    ['user_data', bytes(1024)],
    ['nonce', bytes(1024)],
    ['nitrotpm_pcrs', many(24)],
  ])('%s: %o', (name, value) => {
    expect(withMember(name, value, 'nitrotpm')).toMatchObject({ kind: 'nitrotpm' });
  });

  test.each<[string, Cbor]>([
    ['user_data', bytes(1025)],
    ['nitrotpm_pcrs', registers([24, bytes(48)])],
    ['nitrotpm_pcrs', many(25)],
  ])('not %s: %o', (name, value) => {
    expect(withMember(name, value, 'nitrotpm')).toMatchObject({ code: 'invalid member' });
  });
});

test.each(['text', 1, null, [], bytes(1)] as Cbor[])('a payload that is %o is none', (payload) => {
  expect(readDocument(writeCbor(payload))).toMatchObject({ code: 'malformed' });
});

test('what is written is read', () => {
  const document = parsed(madeDocument({ kind: 'nitrotpm', userData: bytes(3), nonce: bytes(4) }));
  expect(document).toMatchObject({ kind: 'nitrotpm', timestamp: now, userData: bytes(3), nonce: bytes(4) });
  expect(readDocument(writeDocument(document))).toEqual(document);
});
