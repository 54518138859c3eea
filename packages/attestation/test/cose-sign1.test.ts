// The envelope: four parts, ES384 and nothing else.

import { describe, expect, test } from 'vitest';
import { type Cbor, writeCbor } from '../src/cbor.ts';
import { readSign1, writeSign1 } from '../src/cose-sign1.ts';

const header = writeCbor(new Map([[1, -35]]));
const payload = Uint8Array.of(1, 2, 3);
const signature = new Uint8Array(96).fill(9);
const good: readonly Cbor[] = [header, new Map(), payload, signature];

function changed(at: number, part: Cbor): Uint8Array {
  return writeCbor(good.with(at, part));
}

test('it is read with its tag and without it', () => {
  const bytes = writeCbor(good);
  for (const form of [bytes, Uint8Array.of(0xd2, ...bytes)])
    expect(readSign1(form)).toMatchObject({ payload, signature });
});

test('what is signed is the Sig_structure', () => {
  let signed: Uint8Array | undefined;
  const bytes = writeSign1(payload, (message) => {
    signed = message;
    return signature;
  });
  // ["Signature1", << {1: -35} >>, h'', h'010203']
  expect(Buffer.from(signed ?? []).toString('hex')).toBe('846a5369676e61747572653144a10138224043010203');
  expect(readSign1(bytes)).toEqual({ payload, signature, signed });
});

describe('it is refused with', () => {
  test.each<[string, Uint8Array]>([
    ['no bytes', new Uint8Array()],
    ['another tag', Uint8Array.of(0xd1, ...writeCbor(good))],
    ['the tag twice', Uint8Array.of(0xd2, 0xd2, ...writeCbor(good))],
    ['a tag in its long form', Uint8Array.of(0xd8, 18, ...writeCbor(good))],
    ['three parts', writeCbor(good.slice(0, 3))],
    ['five parts', writeCbor([...good, null])],
    ['a map instead', writeCbor(new Map([[1, 2]]))],
    ['another algorithm', changed(0, writeCbor(new Map([[1, -7]])))],
    ['no algorithm', changed(0, writeCbor(new Map()))],
    [
      'a second header',
      changed(
        0,
        writeCbor(
          new Map([
            [1, -35],
            [4, 1],
          ]),
        ),
      ),
    ],
    ['a header that is no bytes', changed(0, new Map([[1, -35]]))],
    ['an empty header', changed(0, new Uint8Array())],
    ['an unprotected header', changed(1, new Map([[1, -35]]))],
    ['an unprotected header that is no map', changed(1, null)],
    ['no payload', changed(2, new Uint8Array())],
    ['a detached payload', changed(2, null)],
    ['a payload of 16,385 bytes', changed(2, new Uint8Array(16_385))],
    ['a short signature', changed(3, new Uint8Array(95))],
    ['a long signature', changed(3, new Uint8Array(97))],
    ['bytes behind it', Uint8Array.of(...writeCbor(good), 0)],
    ['262,145 bytes', new Uint8Array(262_145)],
  ])('%s', (_, bytes) => {
    expect(readSign1(bytes)).toMatchObject({ code: 'malformed' });
  });

  test('but 16,384 bytes are a payload', () => {
    expect(readSign1(changed(2, new Uint8Array(16_384)))).toMatchObject({ signature });
  });
});
