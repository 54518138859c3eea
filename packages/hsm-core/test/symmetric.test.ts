// Sealing and opening under one material: the documented construction, rebuilt here from node:crypto alone.

import { createDecipheriv, createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { EncryptionContext } from '../src/encryption-context.ts';
import { type BlobPurpose, layoutFor, maxPlaintextLength, parseBlob } from '../src/envelope.ts';
import { Material, writeName } from '../src/material.ts';
import { open, seal, sealRandomLength } from '../src/symmetric.ts';
import { backends } from './backend/backends.ts';
import { provesWithOpenssl } from './proof.ts';

const secret = (): Uint8Array => Uint8Array.from({ length: 32 }, (_, at) => at);
const random = Uint8Array.from({ length: sealRandomLength }, (_, at) => 0x40 + at);
const context: EncryptionContext = new Map([
  ['tenant', 'a'],
  ['app', 'orders'],
]);
const plaintext = Buffer.from('attack at dawn');

function bytes(sealed: Uint8Array | string): Uint8Array {
  if (typeof sealed === 'string') expect.fail(`refused: ${sealed}`);
  return sealed;
}

describe.each(backends)('over the $name backend', (backend) => {
  const material = new Material(backend, 'key-1', secret());

  function sealed(data: Uint8Array = plaintext, purpose: BlobPurpose = 'encrypt'): Uint8Array {
    return bytes(seal(backend, material, purpose, context, data, random));
  }

  function opened(blob: Uint8Array, given: EncryptionContext | undefined = context): Uint8Array | undefined {
    const layout = parseBlob(blob);
    return layout && open(backend, material, layout, given, blob);
  }

  test('a blob has a buffer of its own: handing it to a worker takes nobody else along', () => {
    const [first, second] = [sealed(), sealed()];
    structuredClone(second, { transfer: [second.buffer as ArrayBuffer] });
    expect(second).toHaveLength(0);
    expect(opened(first)).toEqual(Uint8Array.from(plaintext));
    expect(first.buffer.byteLength).toBe(first.length);
    expect(opened(sealed())).toEqual(Uint8Array.from(plaintext));
  });

  test('the bytes of a blob are what they have always been', () => {
    expect(createHash('sha256').update(sealed()).digest('hex')).toBe(
      '29dc5a45418a53000de06362d536ab75d23ed2a49efffaeba705d1210bc87b25',
    );
  });

  test('is a key by SP 800-108 counter mode, then AES-256-GCM over a header and a context', () => {
    const blob = sealed();
    const { ivAt, contentAt, total } = layoutFor(plaintext.length);
    const nonce = blob.subarray(38, 54);
    expect(Buffer.concat([nonce, blob.subarray(ivAt, ivAt + 12)]).equals(random)).toBe(true);

    const messageKey = createHmac('sha256', secret())
      .update(Buffer.from([0, 0, 0, 1]))
      .update('kmsim symmetric message key\0')
      .update(nonce)
      .update(Buffer.from([0, 0, 1, 0]))
      .digest();
    const decipher = createDecipheriv('aes-256-gcm', messageKey, random.subarray(16), { authTagLength: 16 });
    decipher.setAAD(
      Buffer.concat([blob.subarray(0, 54), Buffer.from('\0\x02\0\x03app\0\x06orders\0\x06tenant\0\x01a')]),
    );
    decipher.setAuthTag(blob.subarray(total - 16));
    const content = Buffer.concat([decipher.update(blob.subarray(contentAt, total - 16)), decipher.final()]);
    expect(content.toString('latin1')).toBe('kmsim\0\x01\0\0\0\x0eattack at dawn');
    provesWithOpenssl('SYMMETRIC_DEFAULT');
  });

  test.each([0, 1, 32, 64, 100, 101, 128, 1_900, 1_901, 4_096, maxPlaintextLength])('%d bytes come back', (length) => {
    const data = Uint8Array.from({ length }, (_, at) => at * 31);
    const blob = sealed(data);
    expect(blob).toHaveLength(layoutFor(length).total);
    expect(Buffer.from(opened(blob) ?? []).equals(data)).toBe(true);
  });

  test.each<[BlobPurpose, number]>([
    ['data key by length', 1],
    ['encrypt', 2],
    ['data key by spec', 3],
  ])('the purpose "%s" is operation byte %d, and authenticated', (purpose, operation) => {
    const blob = sealed(plaintext, purpose);
    expect(blob[2]).toBe(operation);
    expect(opened(blob)).toBeDefined();
    blob[2] = (operation % 3) + 1;
    expect(opened(blob)).toBeUndefined();
  });

  test('another context does not open', () => {
    const blob = sealed();
    const others: (EncryptionContext | undefined)[] = [
      new Map(),
      new Map([['tenant', 'a']]),
      new Map([...context, ['more', '']]),
      new Map([
        ['tenant', 'A'],
        ['app', 'orders'],
      ]),
      new Map([['k', 'v'.repeat(9_000)]]),
      new Map([['\ud800', '']]),
    ];
    for (const other of others) expect(opened(blob, other)).toBeUndefined();
    const layout = layoutFor(plaintext.length);
    expect(open(backend, material, layout, undefined, blob)).toBeUndefined();
    expect(opened(blob, new Map([...context].reverse()))).toBeDefined();
  });

  test('without a context and with an empty one is the same', () => {
    const without = bytes(seal(backend, material, 'encrypt', undefined, plaintext, random));
    expect(bytes(seal(backend, material, 'encrypt', new Map(), plaintext, random))).toEqual(without);
    expect(opened(without, new Map())).toBeDefined();
  });

  test('another secret does not open', () => {
    const other = new Material(backend, 'key-1', secret().reverse());
    expect(open(backend, other, layoutFor(plaintext.length), context, sealed())).toBeUndefined();
  });

  test('the same secret under another key does not open under its own name: the name is authenticated', () => {
    const other = new Material(backend, 'key-2', secret());
    const forged = sealed();
    writeName(other.name, forged, 5);
    expect(open(backend, other, layoutFor(plaintext.length), context, forged)).toBeUndefined();
  });

  test('a context without a canonical form is refused', () => {
    const sealWith = (given: EncryptionContext): unknown =>
      seal(backend, material, 'encrypt', given, plaintext, random);
    expect(sealWith(new Map([['k', '\udfff']]))).toBe('ill-formed string');
    expect(sealWith(new Map([['k', 'v'.repeat(8_186)]]))).toBe('too large');
  });

  test('more than 8,192 bytes is a mistake of the caller', () => {
    expect(() => sealed(new Uint8Array(maxPlaintextLength + 1))).toThrow(RangeError);
  });

  test.each([0, 16, 20, 27])('fewer than 28 random bytes are a mistake of the caller: %d', (length) => {
    expect(() => seal(backend, material, 'encrypt', context, plaintext, new Uint8Array(length))).toThrow(RangeError);
  });

  test('blobs do not overlap, whatever their sizes', () => {
    const sizes = [1, 32, 4_096, 2_000, 1_850, 64, 1_900, 1_870, 1_880, 1_889, 1_860, 32, 1_880, 100, 8_192];
    const blobs = sizes.map((length) => sealed(new Uint8Array(length)));
    const before = blobs.map((blob) => Buffer.from(blob).toString('hex'));
    for (const blob of blobs) {
      const held = Uint8Array.from(blob);
      blob.fill(0xff);
      expect(blobs.filter((other, at) => Buffer.from(other).toString('hex') !== before[at])).toEqual([blob]);
      blob.set(held);
    }
  });

  test('a plaintext that was opened belongs to the caller, alone in its buffer', () => {
    const blob = sealed();
    const one = opened(blob);
    one?.fill(0);
    expect(Buffer.from(opened(blob) ?? []).equals(plaintext)).toBe(true);
    expect(one?.buffer.byteLength).toBe(plaintext.length);
  });
});
